import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What one build took: `seconds` by the clock from the start of its process, `cpu` seconds of all its threads. */
export type Measured = { seconds: number; cpu: number; megabytes: number; pages: number }

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url))
const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

/** Builds in a process and a folder of their own. @throws Error when the build fails or makes too few pages */
export async function measure(contender: string, count: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'till-bench-'))
  try {
    const child = fork(CHILD, [contender, String(count), folder], {
      cwd: PROJECT,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const answer = once(child, 'message') as Promise<[Omit<Measured, 'pages'>]>
    const ended = once(child, 'exit') as Promise<[number | null]>
    const [took] = await Promise.race([answer, ended.then(([code]) => fail(contender, code))])
    await ended
    const pages = (await readdir(join(folder, 'out'), { recursive: true })).filter((name) =>
      name.endsWith('.html'),
    ).length
    if (pages < count) throw new Error(`${contender} made ${pages} pages of ${count} products`)
    return { ...took, pages }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function fail(contender: string, code: number | null): never {
  throw new Error(`${contender} ended with ${code} and made nothing`)
}
