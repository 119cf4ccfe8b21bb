import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ShelfProduct } from '../../shop/catalogue/product.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { expectErrors } from '../support/quiet.ts'
import { createSampleSite, type SampleSite, sampleDatabase } from './build-sample-site.ts'
import { pixelImage, sampleProducts } from './sample-products.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

async function sampleSite(): Promise<SampleSite> {
  const site = await createSampleSite()
  cleanups.push(() => site.remove())
  return site
}

describe('a build', () => {
  it('takes away the pages and pictures of what is no longer for sale', async () => {
    const site = await sampleSite()
    await site.build()
    expect(await site.files()).toContain('store/mat/index.html')
    await site.build([])
    const files = await site.files()
    expect(files.filter((file) => file.startsWith('store/') || file.startsWith('assets/images/'))).toEqual([
      'store/index.html',
      'store/search/index.html',
    ])
    expect(await readdir(join(site.folder, 'store'))).toEqual(['index.html', 'search'])
    expect(await site.read('store/index.html')).toContain('Nothing is on the shelf yet.')
  })

  it('makes each picture once, and does not ask for it again', async () => {
    const site = await sampleSite()
    await site.build()
    const before = await site.files()
    const db = sampleDatabase(sampleProducts)
    const read = () => Promise.reject(new Error('asked again'))
    await site.build(undefined, { catalogue: { db, images: { read }, siteUrl: 'https://shop.example.com' } })
    expect((await site.files()).sort()).toEqual(before.sort())
  })

  it('fails, and leaves the old pages up, when a picture is not in the store', async () => {
    const site = await sampleSite()
    await site.build()
    const missing = { ...pixelImage, sha256: 'e'.repeat(64) }
    muteEleventy()
    await expect(site.build(withPicture(missing))).rejects.toThrow(`The picture ${missing.sha256}`)
    expect(await site.files()).toContain('store/mat/index.html')
  })

  it('fails when a picture is not as wide as the catalogue says', async () => {
    const site = await sampleSite()
    muteEleventy()
    await expect(site.build(withPicture({ ...pixelImage, width: 300 }))).rejects.toThrow('is not 300 pixels wide')
  })
})

// Processes of their own, which a busy machine starts slowly.
describe('eleventy.config.ts', { timeout: 60_000 }, () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  }, 60_000)
  afterAll(() => database.close())

  it('builds the pages from the database', async () => {
    await database.pglite.exec(`insert into products (id, slug, type, status, title, unit_amount, currency) values
      ('prd_kite', 'kite', 'direct', 'published', 'A Kite', 500, 'jpy'), ('prd_draft', 'draft', 'direct', 'draft', 'A Draft', 1, 'eur')`)
    const { code, output } = await runEleventy(database)
    expect(code).toBe(0)
    expect(await readdir(join(output, 'store'))).toEqual(['index.html', 'kite', 'search'])
  })

  it('ends with a failure when the query fails, so that the old deploy stays', async () => {
    await database.pglite.exec('alter table products rename to elsewhere')
    const { code, output } = await runEleventy(database)
    await database.pglite.exec('alter table elsewhere rename to products')
    expect(code).not.toBe(0)
    expect(await readdir(output)).not.toContain('index.html')
  })
})

/** Eleventy prints the failure that it then throws. */
function muteEleventy(): void {
  expectErrors()
  for (const method of ['error', 'log'] as const) {
    const spy = vi.spyOn(console, method).mockImplementation(() => {})
    cleanups.push(async () => spy.mockRestore())
  }
}

function withPicture(image: ShelfProduct['images'][number]): ShelfProduct[] {
  return sampleProducts.map((product) => ({ ...product, images: [image] }))
}

/** Eleventy as a build runs it, in a process of its own, writing into a folder of its own. */
async function runEleventy({ connectionString, endpoint }: TestDatabase) {
  const folder = await mkdtemp(join(tmpdir(), 'till-eleventy-'))
  cleanups.push(() => rm(folder, { recursive: true }))
  const output = join(folder, 'site')
  const variables = {
    NETLIFY_DATABASE_URL: connectionString,
    NEON_SQL_ENDPOINT: endpoint,
    SITE_URL: 'http://localhost:8888',
  }
  const env = { PATH: process.env.PATH, ...variables }
  const args = ['--config=eleventy.config.ts', `--output=${relative('.', output)}`, '--quiet']
  const child = spawn(process.execPath, ['node_modules/@11ty/eleventy/cmd.cjs', ...args], {
    env,
    stdio: 'ignore',
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, output }
}
