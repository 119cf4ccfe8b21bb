import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migratedTemplate } from '../support/migrated-template.ts'

let pglite: PGlite

beforeAll(async () => {
  pglite = await PGlite.create({ loadDataDir: await migratedTemplate() })
})
afterAll(() => pglite.close())
beforeEach(async () => {
  await pglite.exec(`
    truncate products cascade;
    insert into products (id, slug, type, status, title, unit_amount, currency) values
      ('prd_a___', 'a', 'direct', 'published', 'A', 100, 'eur'), ('prd_b___', 'b', 'direct', 'draft', 'B', 100, 'eur')`)
})

const rows = async (sql: string) => (await pglite.query<Record<string, unknown>>(sql)).rows
const oldSlugs = () => rows('select old_slug, product_id from slug_changes order by old_slug')

describe('slug_changes', () => {
  it('keeps every address that a product had', async () => {
    await pglite.exec(
      `update products set slug = 'a2' where slug = 'a'; update products set slug = 'a3' where slug = 'a2'`,
    )
    expect(await oldSlugs()).toEqual([
      { old_slug: 'a', product_id: 'prd_a___' },
      { old_slug: 'a2', product_id: 'prd_a___' },
    ])
  })

  it('gives an old address to no other product, neither new nor renamed', async () => {
    await pglite.exec(`update products set slug = 'a2' where slug = 'a'`)
    await expect(pglite.exec(`update products set slug = 'a' where slug = 'b'`)).rejects.toThrow('which had it before')
    await expect(
      pglite.exec(`insert into products (id, slug, type, title, unit_amount, currency)
        values ('prd_c___', 'a', 'direct', 'C', 1, 'eur')`),
    ).rejects.toMatchObject({ code: '23505' })
  })

  it('lets a product return to its old address, which is then no longer an old one', async () => {
    await pglite.exec(
      `update products set slug = 'a2' where slug = 'a'; update products set slug = 'a' where slug = 'a2'`,
    )
    expect(await oldSlugs()).toEqual([{ old_slug: 'a2', product_id: 'prd_a___' }])
  })

  it('is not written by a change that leaves the slug alone', async () => {
    await pglite.exec(`update products set title = 'Other', slug = slug`)
    expect(await oldSlugs()).toEqual([])
  })
})

describe('products.published_at', () => {
  const publishedAt = async (slug: string) =>
    (await rows(`select published_at::text from products where slug = '${slug}'`))[0]?.published_at

  it('is the moment of the first publication, and stays when a product leaves the shelf and returns', async () => {
    const first = await publishedAt('a')
    expect(first).toEqual(expect.any(String))
    await pglite.exec(`update products set status = 'retired' where slug = 'a'`)
    await pglite.exec(`update products set status = 'published' where slug = 'a'`)
    expect(await publishedAt('a')).toBe(first)
  })

  it('is unknown for a draft, until it is published', async () => {
    expect(await publishedAt('b')).toBeNull()
    await pglite.exec(`update products set status = 'published' where slug = 'b'`)
    expect(await publishedAt('b')).toEqual(expect.any(String))
  })
})

describe('categories and tags', () => {
  it.each([
    `category = 'Two Words'`,
    `category = ''`,
    `tags = '{"two words"}'`,
    `tags = '{"ok", ""}'`,
    `tags = array['ok', null]`,
    `tags = array_fill('t'::text, array[21])`,
    `samples = '{}'`,
  ])('refuse what could not be part of an address: %s', async (change) => {
    await expect(pglite.exec(`update products set ${change}`)).rejects.toMatchObject({ code: '23514' })
  })

  it('take slugs', async () => {
    await pglite.exec(`update products set category = 'wall-art', tags = '{north-light,a2}'`)
    expect(await rows('select distinct tags from products')).toEqual([{ tags: ['north-light', 'a2'] }])
  })
})
