import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { listProductChanges, updateProduct } from '../../db/product-editing.ts'
import { moveProduct } from '../../db/product-order.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'

const COUNT = 12
const IDS = Array.from({ length: COUNT }, (_, i) => `prd_row_${String(i).padStart(2, '0')}`)

let postgres: RealPostgres

beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
  await postgres.target.batch([
    // Every change takes so long that those of the same moment overlap.
    `create function linger() returns trigger language plpgsql as $$ begin perform pg_sleep(0.01); return null; end $$`,
    'create trigger linger after update on products for each statement execute function linger()',
  ])
})
afterAll(() => postgres.close())
beforeEach(async () => {
  await postgres.target.batch([
    'delete from products',
    `insert into products (id, slug, type, title, unit_amount, currency, position)
     select 'prd_row_' || lpad(n::text, 2, '0'), 'row-' || n, 'direct', 'Row ' || n, 100, 'eur', n from generate_series(0, ${COUNT - 1}) n`,
  ])
})

const edit = (title: string, version = 1) =>
  updateProduct(postgres.target.db, { id: 'prd_row_00', version, patch: { title }, actor: title })
const move = (id: string, place: Parameters<typeof moveProduct>[1]['place']) =>
  moveProduct(postgres.target.db, { id, place, actor: 'seller' })

async function order(): Promise<string[]> {
  const rows = await postgres.target.db<{ id: string }>`select id from products order by position, slug`
  return rows.map(({ id }) => id)
}

describe('updateProduct', () => {
  it('lets exactly one of 20 win who edit the same version at once, and notes that one', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => edit(`Title ${i}`)))
    expect(outcomes.filter((version) => version === 2)).toHaveLength(1)
    expect(outcomes.filter((version) => version === null)).toHaveLength(19)
    const changes = await listProductChanges(postgres.target.db, { id: 'prd_row_00', after: 0, most: 50 })
    expect(changes).toMatchObject([{ version: 2, change: { title: { from: 'Row 0', to: changes[0]?.actor } } }])
  })

  it('neither undoes a move nor is undone by one at the same time', async () => {
    const [version] = await Promise.all([edit('Moved and edited'), move('prd_row_00', { at: 'last' })])
    expect(version).toBe(2)
    expect((await order()).at(-1)).toBe('prd_row_00')
    const [row] = await postgres.target.db<{ title: string }>`select title from products where id = 'prd_row_00'`
    expect(row?.title).toBe('Moved and edited')
  })
})

describe('moveProduct', () => {
  it('leaves no two products in one place, however many are moved at once', async () => {
    const moves = IDS.map((id, i) => move(id, i % 2 === 0 ? { at: 'first' } : { after: IDS[(i + 5) % COUNT] ?? '' }))
    expect(await Promise.all(moves)).toEqual(IDS.map(() => true))
    const rows = await postgres.target.db<{ position: number }>`select position from products order by position`
    expect(rows.map(({ position }) => position)).toEqual(IDS.map((_, i) => i + 1))
  })

  it('keeps both of two moves that know nothing of each other', async () => {
    await Promise.all([move('prd_row_03', { before: 'prd_row_01' }), move('prd_row_09', { after: 'prd_row_10' })])
    const after = await order()
    expect(after.indexOf('prd_row_03') + 1).toBe(after.indexOf('prd_row_01'))
    expect(after.indexOf('prd_row_10') + 1).toBe(after.indexOf('prd_row_09'))
  })
})
