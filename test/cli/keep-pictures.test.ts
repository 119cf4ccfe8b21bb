import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

type Context = { constants: { PUBLISH_DIR: string }; utils: { cache: ReturnType<typeof netlifyCache> } }
type Plugin = Record<'onPreBuild' | 'onPostBuild', (context: Context) => Promise<void>>

const toml = await readFile('netlify.toml', 'utf8')
const folder = join(
  process.cwd(),
  /^\[\[plugins\]\]\n\s*package = "(.+)"$/m.exec(toml)?.[1] ?? 'netlify.toml names no plugin',
)
const plugin = (await import(join(folder, 'index.js'))) as Plugin

let root: string
const home = process.cwd()
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'till-netlify-'))
  vi.spyOn(console, 'log').mockReturnValue()
})
afterEach(async () => {
  process.chdir(home)
  vi.restoreAllMocks()
  await rm(root, { recursive: true })
})

/** As @netlify/cache-utils has it: copies of folders, by their path; what is there already is not restored. */
function netlifyCache() {
  const kept = (path: string) => join(root, 'netlify', path)
  const copy = async (from: string, to: string) => {
    if (!existsSync(from)) return false
    await rm(to, { recursive: true, force: true })
    await cp(from, to, { recursive: true })
    return true
  }
  return {
    restore: async (path: string) => !existsSync(path) && (await copy(kept(path), path)),
    save: (path: string) => copy(path, kept(path)),
  }
}

/** A build on a machine that has nothing but the repository and Netlify's cache; `shows` is what its pages need. */
async function build(name: string, shows: string[]): Promise<string[]> {
  const checkout = join(root, name)
  await mkdir(checkout)
  process.chdir(checkout)
  const context = { constants: { PUBLISH_DIR: 'dist/site' }, utils: { cache: netlifyCache() } }
  await plugin.onPreBuild(context)
  const made = shows.filter((path) => !existsSync(join('.cache/pictures', path)))
  for (const path of made) await write(join('.cache/pictures', path), 'a picture')
  for (const path of shows) await write(join('dist/site/assets', path.includes('/') ? path : join('images', path)), '')
  await plugin.onPostBuild(context)
  return made
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

describe('the build plugin of netlify.toml', () => {
  it('has the manifest that Netlify asks for', async () => {
    expect(await readFile(join(folder, 'manifest.yml'), 'utf8')).toMatch(/^name: till-keep-pictures$/m)
  })

  it('gives each build the pictures of the last one, so that it makes only those that are new', async () => {
    expect(await build('first', ['a-400.avif', 'share/a.jpg'])).toEqual(['a-400.avif', 'share/a.jpg'])
    expect(await build('second', ['a-400.avif', 'b-400.avif', 'share/a.jpg'])).toEqual(['b-400.avif'])
    expect(await build('third', ['b-400.avif', 'share/a.jpg'])).toEqual([])
  })

  it('forgets what no page shows any more', async () => {
    await build('first', ['a-400.avif', 'b-400.avif', 'share/a.jpg'])
    await build('second', ['b-400.avif'])
    expect((await readdir(join(root, 'netlify/.cache/pictures'), { recursive: true })).sort()).toEqual([
      'b-400.avif',
      'share',
    ])
    expect(await build('third', ['a-400.avif', 'b-400.avif', 'share/a.jpg'])).toEqual(['a-400.avif', 'share/a.jpg'])
  })

  it('does nothing where no picture was ever made', async () => {
    expect(await build('first', [])).toEqual([])
    expect(existsSync(join(root, 'netlify'))).toBe(false)
  })
})
