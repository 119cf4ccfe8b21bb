import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildOnce } from '../../local/build-once.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const FILES = ['eleventy.config.ts', 'netlify.toml', 'package.json', 'package-lock.json', 'shop.config.ts']

let database: TestDatabase
let root: string
let project: string
let output: string
let env: Record<string, string>
let builds: number

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'till-once-'))
  ;[project, output] = [join(root, 'project'), join(root, 'dist')]
  for (const folder of ['project/site/store', 'project/functions', 'dist/site'])
    await mkdir(join(root, folder), { recursive: true })
  for (const file of [...FILES, 'site/store/list.njk']) await writeFile(join(project, file), file)
  const { connectionString, endpoint } = database
  env = { NETLIFY_DATABASE_URL: connectionString, NEON_SQL_ENDPOINT: endpoint, SITE_URL: 'http://localhost:8888' }
  await database.pglite.exec(`delete from products; insert into products (id, slug, type, status, title, unit_amount, currency)
    values ('prd_kite', 'kite', 'direct', 'published', 'A Kite', 500, 'jpy'), ('prd_draft', 'draft', 'direct', 'draft', 'A Draft', 1, 'eur')`)
  builds = 0
  return () => rm(root, { recursive: true })
})

/** How many builds a start makes: none or one. */
async function start(change: Record<string, string> = {}): Promise<number> {
  const before = builds
  const build = async () => {
    builds += 1
    await writeFile(join(output, 'site/index.html'), 'The shop')
  }
  await buildOnce({ env: { ...env, ...change }, output, project, build })
  return builds - before
}

const sql = (text: string) => database.pglite.exec(text)

describe('buildOnce', () => {
  it('builds at the first start, and at no other while nothing changes', async () => {
    expect([await start(), await start(), await start()]).toEqual([1, 0, 0])
  })

  it.each<[string, () => Promise<unknown>]>([
    ['a template is edited', () => writeFile(join(project, 'site/store/list.njk'), 'edited')],
    ['a source is added', () => writeFile(join(project, 'functions/go.ts'), '')],
    ['a source is gone', () => rm(join(project, 'site/store/list.njk'))],
    ['the seller edits the settings', () => writeFile(join(project, 'shop.config.ts'), 'edited')],
    ['other packages are installed', () => writeFile(join(project, 'package-lock.json'), 'edited')],
    ['a price changes', () => sql("update products set unit_amount = 501 where slug = 'kite'")],
    ['a product is published', () => sql("update products set status = 'published' where slug = 'draft'")],
    ['a product is retired', () => sql("update products set status = 'retired' where slug = 'kite'")],
    ['a page is edited by hand', () => writeFile(join(output, 'site/index.html'), 'Another shop')],
    ['a page is gone', () => rm(join(output, 'site/index.html'))],
    ['another file lies among the pages', () => writeFile(join(output, 'site/left.html'), '')],
  ])('builds again when %s', async (_what, change) => {
    await start()
    await change()
    expect([await start(), await start()]).toEqual([1, 0])
  })

  it('builds again for another address, and not for another port of the pictures', async () => {
    await start()
    expect(await start({ NETLIFY_BLOBS_CONTEXT: 'other' })).toBe(0)
    expect(await start({ SITE_URL: 'http://localhost:9999' })).toBe(1)
  })

  it('builds again after a build that failed', async () => {
    await start()
    await sql("update products set unit_amount = 502 where slug = 'kite'")
    const build = () => Promise.reject(new Error('no pages'))
    await expect(buildOnce({ env, output, project, build })).rejects.toThrow('no pages')
    await sql("update products set unit_amount = 500 where slug = 'kite'")
    expect(await start()).toBe(1)
  })

  it('builds again when something changes while it builds', async () => {
    const build = () => sql("update products set unit_amount = 503 where slug = 'kite'")
    await buildOnce({ env, output, project, build })
    expect([await start(), await start()]).toEqual([1, 0])
  })
})
