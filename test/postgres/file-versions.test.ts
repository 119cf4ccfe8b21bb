import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { insertFileVersion } from '../../db/product-files.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'

let postgres: RealPostgres

beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
  await postgres.target.batch([
    `insert into products (id, slug, type, title, unit_amount, currency, affiliate_url) values
       ('prd_book', 'book', 'direct', 'A Book', 1900, 'eur', null), ('prd_print', 'print', 'direct', 'A Print', 1900, 'eur', null),
       ('prd_tool', 'tool', 'affiliate', 'A Tool', null, null, 'https://www.amazon.com/dp/B000000001')`,
    // Every push takes so long that those of the same moment overlap.
    `create function linger() returns trigger language plpgsql as $$ begin perform pg_sleep(0.01); return new; end $$`,
    'create trigger linger after insert on product_files for each row execute function linger()',
  ])
})
afterAll(() => postgres.close())

const push = (i: number, slug: string, slot = 'main') => {
  const sha256 = i.toString(16).padStart(64, '0')
  const id = `fil_${slug}_${slot}_${i}`
  const file = {
    filename: 'a.pdf',
    contentType: 'application/pdf',
    sizeBytes: 1,
    changelog: '',
    store: 'blobs' as const,
  }
  return insertFileVersion(postgres.target.db, {
    ...file,
    id,
    slug,
    slot,
    sha256,
    key: `files/${sha256}`,
    actor: 'seller',
  })
}

describe('insertFileVersion', () => {
  it('numbers 40 pushes at once one after the other, and loses none', async () => {
    const pushes = Array.from({ length: 40 }, (_, i) =>
      push(i, i % 4 === 0 ? 'print' : 'book', i % 2 === 0 ? 'main' : 'extra'),
    )
    const versions = await Promise.all(pushes)
    expect(versions.every((version) => version !== null)).toBe(true)
    const rows = await postgres.target.db<{ slug: string; slot: string; versions: number[] }>`
      select p.slug, f.slot, json_agg(f.version order by f.version) as versions
      from product_files f join products p on p.id = f.product_id group by 1, 2 order by 1, 2`
    const upTo = (most: number) => Array.from({ length: most }, (_, i) => i + 1)
    expect(rows).toEqual([
      { slug: 'book', slot: 'extra', versions: upTo(20) },
      { slug: 'book', slot: 'main', versions: upTo(10) },
      { slug: 'print', slot: 'main', versions: upTo(10) },
    ])
  })

  it('never gives the number of a withdrawn version again, and says that the product has changed', async () => {
    await postgres.target.db`update product_files set retired_at = now() where slot = 'extra'`
    const [before] = await postgres.target.db<{ at: Date }>`select updated_at as at from products where slug = 'book'`
    expect(await push(100, 'book', 'extra')).toBe(21)
    const [after] = await postgres.target.db<{ at: Date }>`select updated_at as at from products where slug = 'book'`
    expect(after?.at.getTime()).toBeGreaterThan(before?.at.getTime() ?? Number.POSITIVE_INFINITY)
  })

  it('adds nothing to what somebody else sells, or what is not there', async () => {
    expect([await push(200, 'tool'), await push(201, 'nothing')]).toEqual([null, null])
  })
})
