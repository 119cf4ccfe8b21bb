import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { listFunctions } from '@netlify/zip-it-and-ship-it'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeEntries } from '../../local/function-entries.ts'

let root: string
let folders: { bundles: string; entries: string }
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'till-entries-'))
  folders = { bundles: join(root, 'bundles'), entries: join(root, 'entries') }
  await mkdir(folders.bundles)
})
afterEach(() => rm(root, { recursive: true }))

/** What Netlify reads of a folder of functions. */
async function seen(folder: string) {
  const all = await listFunctions(folder, { parseISC: true })
  return all.map(({ name, routes, schedule, runtimeAPIVersion }) => ({
    name,
    paths: routes?.map(({ pattern }) => pattern),
    schedule,
    runtimeAPIVersion,
  }))
}

async function bundle(name: string, code: string): Promise<void> {
  await writeFile(join(folders.bundles, `${name}.mjs`), code)
}

describe('writeEntries', () => {
  it('shows Netlify the settings of every function of the shop, as its source does', async () => {
    for (const file of await readdir('functions')) await bundle(basename(file, '.ts'), 'export default () => {}')
    await writeEntries(folders)
    expect(await seen(folders.entries)).toEqual(await seen('functions'))
    expect((await readdir(folders.entries)).length).toBeGreaterThan(20)
    const worker = await readFile(join(folders.entries, 'run_jobs-background.mjs'), 'utf8')
    expect(worker).toContain('background: true')
  })

  it('runs the bundle, and forgets those of earlier builds', async () => {
    await bundle('go', 'export default () => "from the bundle"')
    await mkdir(folders.entries)
    await writeFile(join(folders.entries, 'old.mjs'), '')
    await writeEntries(folders)
    expect(await readdir(folders.entries)).toEqual(['go.mjs'])
    const { default: go } = (await import(join(folders.entries, 'go.mjs'))) as { default: () => string }
    expect(go()).toBe('from the bundle')
  })

  it('keeps settings of several lines, and refuses those that Netlify could not read', async () => {
    await bundle('one', '')
    const settings = (text: string) => writeFile(join(root, 'one.ts'), `import type { Config } from 'x'\n${text}\n`)
    await settings("export const config: Config = {\n  path: '/one',\n  background: true,\n}")
    await writeEntries(folders, root)
    expect(await readFile(join(folders.entries, 'one.mjs'), 'utf8')).toContain("{\n  path: '/one',")
    await settings("export const config = { path: '/one' } satisfies Config")
    await expect(writeEntries(folders, root)).rejects.toThrow('the settings of one.mjs are no literal')
  })
})
