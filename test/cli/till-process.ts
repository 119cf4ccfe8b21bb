import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'

export type TillProcess = {
  child: ChildProcess
  /** How it ended; the code of one that was killed is null. */
  ended: Promise<{ code: number | null; out: string; err: string }>
}

/** `npm run till -- …` in a process of its own, with these variables and no others of ours. */
export function startTill(args: string[], env: Record<string, string>): TillProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'cli/till.ts', ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (part: Buffer) => {
    out += part
  })
  child.stderr.on('data', (part: Buffer) => {
    err += part
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }))
  return { child, ended }
}
