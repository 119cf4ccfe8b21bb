import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeSchema } from '../../cli/describe-schema.ts'
import { migrate } from '../../db/migrate.ts'
import { createFreshDatabase } from './fresh-database.ts'

let fresh: Awaited<ReturnType<typeof createFreshDatabase>>
let file: string

beforeAll(async () => {
  fresh = await createFreshDatabase()
  file = await readFile(new URL('../../db/schema.sql', import.meta.url), 'utf8')
})
afterAll(() => fresh.close())

/** The description after some SQL, which is then undone. */
async function describeAfter(sql: string): Promise<string> {
  return fresh.pglite.transaction(async (tx) => {
    await tx.exec(sql)
    const description = await describeSchema(tx)
    await tx.rollback()
    return description
  }) as Promise<string>
}

describe('db/schema.sql', () => {
  it('is what the migrations add up to', async () => {
    await migrate(fresh.target)
    const now = await describeSchema(fresh.pglite)
    expect(file, 'the migrations have moved on: run `npm run schema` and look at the difference').toBe(now)
  })

  it('is SQL that makes the same database', async () => {
    await fresh.empty()
    await fresh.pglite.exec(file)
    expect(await describeSchema(fresh.pglite)).toBe(file)
  })

  it.each([
    'alter table products add column note text',
    'alter table products alter column title drop not null',
    "alter table products alter column status set default 'published'",
    'alter table orders drop constraint orders_stripe_session_id_key',
    'alter table orders add constraint odd check (amount_total <> 13)',
    'alter table order_items drop constraint order_items_order_id_fkey',
    'drop index job_due',
    'create index extra on orders (paid_at)',
    'drop function entitled_files; drop view entitlements',
    "create function f() returns int language sql as 'select 1'",
    'drop trigger jobs_dead on jobs',
    'create view extra as select 1 as one',
    'alter table jobs reset (fillfactor)',
    'create table extra (id int)',
  ])('would not miss: %s', async (change) => {
    expect(await describeAfter('select 1')).toBe(file)
    expect(await describeAfter(change)).not.toBe(file)
  })

  it.each([
    ["create type mood as enum ('fine')", 'type mood'],
    ['create sequence s', 'sequence s'],
  ])('is refused rather than silent about: %s', async (sql, name) => {
    await expect(describeAfter(sql)).rejects.toThrow(name)
  })
})
