import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCatalogue } from '../adapters/create-app.ts'
import type { Database } from '../db/database.ts'
import { listOldAddresses, listRetiredProducts } from '../db/old-addresses.ts'
import { listPublishedProducts, ROWS_AT_ONCE } from '../db/products.ts'
import type { ShelfProduct } from '../shop/catalogue/product.ts'

export type OnceOptions = {
  env: Record<string, string>
  /** Holds what the build makes, and nothing else. */
  output: string
  build: () => Promise<unknown>
  /** The folder of the project, whose sources the build reads. */
  project?: string
}

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const FOLDERS = ['adapters', 'cli', 'db', 'functions', 'local', 'shop', 'site', 'workers']
/** The lock file stands for the packages. */
const FILES = ['eleventy.config.ts', 'netlify.toml', 'package.json', 'package-lock.json', 'shop.config.ts']
/** Blobs get another port with each start; the pictures behind it are named by their content. */
const CHANGING = 'NETLIFY_BLOBS_CONTEXT'
const STAMP = 'made-of'

/**
 * Builds, unless what stands in `output` was made today of the very same sources, settings and catalogue, and nobody has touched it since.
 * Read before the build: what changes during it makes the next start build again.
 */
export async function buildOnce({ env, output, build, project = PROJECT }: OnceOptions): Promise<void> {
  const madeOf = hash([today(), process.version, settings(env), await sources(project), await catalogue(env)])
  if ((await readStamp(output)) === `${madeOf} ${await stateOf(output)}`) return
  await rm(join(output, STAMP), { force: true })
  await build()
  await writeFile(join(output, STAMP), `${madeOf} ${await stateOf(output)}`)
}

/** No page names the day, and none should be out of date for longer than one if it ever does. */
function today(): string {
  return new Date().toISOString().slice(0, 10)
}

function settings(env: Record<string, string>): unknown {
  return Object.entries(env)
    .filter(([name]) => name !== CHANGING)
    .sort()
}

async function sources(project: string): Promise<unknown> {
  const inFolders = await Promise.all(FOLDERS.map((folder) => filesBelow(join(project, folder))))
  const paths = [...FILES.map((file) => join(project, file)), ...inFolders.flat()]
  return Promise.all(paths.map(async (path) => [path, digest(await readFile(path))]))
}

/** Everything that the build asks the database for. */
async function catalogue(env: Record<string, string>): Promise<unknown> {
  const { db } = createCatalogue(env)
  return [await shelf(db), await listRetiredProducts(db), await listOldAddresses(db)].map(hash)
}

async function shelf(db: Database): Promise<string[]> {
  const hashes: string[] = []
  let page: ShelfProduct[]
  let last: ShelfProduct | undefined
  do {
    page = await listPublishedProducts(db, last)
    hashes.push(hash(page))
    last = page.at(-1)
  } while (page.length === ROWS_AT_ONCE)
  return hashes
}

async function readStamp(output: string): Promise<string | null> {
  return readFile(join(output, STAMP), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return null
  })
}

/** Which files there are, and when each was written: a page that is gone or was edited by hand is made again. */
async function stateOf(output: string): Promise<string> {
  const paths = (await filesBelow(output)).filter((path) => path !== join(output, STAMP))
  const states = paths.map(async (path) => {
    const { size, mtimeMs } = await stat(path)
    return [path, size, mtimeMs]
  })
  return hash(await Promise.all(states))
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(nothingThere)
  const files = entries.filter((entry) => entry.isFile())
  return files.map((entry) => join(entry.parentPath, entry.name)).sort()
}

function nothingThere(error: NodeJS.ErrnoException): [] {
  if (error.code !== 'ENOENT') throw error
  return []
}

function hash(thing: unknown): string {
  return digest(JSON.stringify(thing))
}

function digest(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
