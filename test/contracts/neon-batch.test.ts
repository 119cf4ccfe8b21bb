import { neon, neonConfig } from '@neondatabase/serverless'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let sql: ReturnType<typeof neon<false, false>>

beforeAll(async () => {
  database = await createTestDatabase()
  neonConfig.fetchEndpoint = database.endpoint
  sql = neon(database.connectionString)
  await sql`create table steps (id int primary key)`
})
beforeEach(async () => void (await sql`delete from steps`))
afterAll(() => database.close())

describe('a batch', () => {
  it('answers each statement in order, and each sees the ones before it', async () => {
    const results = await sql.transaction([
      sql`insert into steps values (1) returning id`,
      sql`select count(*)::int as count from steps`,
    ])
    expect(results).toEqual([[{ id: 1 }], [{ count: 1 }]])
  })

  it('undoes everything when one statement is refused', async () => {
    const batch = sql.transaction([sql`insert into steps values (1)`, sql`insert into steps values (1)`])
    await expect(batch).rejects.toMatchObject({ code: '23505', constraint: 'steps_pkey' })
    expect(await sql`select id from steps`).toEqual([])
  })

  it('undoes everything when a deferred check fails at the commit', async () => {
    await sql`create table pages (id int primary key, next int references pages deferrable initially deferred)`
    await expect(sql.transaction([sql`insert into pages values (1, 2)`])).rejects.toMatchObject({ code: '23503' })
    expect(await sql`select id from pages`).toEqual([])
  })

  it('runs at the isolation level that was asked for', async () => {
    const levelOf = async (isolationLevel: 'Serializable' | 'RepeatableRead') =>
      sql.transaction([sql`show transaction isolation level`], { isolationLevel })
    expect(await levelOf('Serializable')).toEqual([[{ transaction_isolation: 'serializable' }]])
    expect(await levelOf('RepeatableRead')).toEqual([[{ transaction_isolation: 'repeatable read' }]])
  })

  it('refuses to write when it was asked to read only', async () => {
    const batch = sql.transaction([sql`insert into steps values (1)`], { readOnly: true })
    await expect(batch).rejects.toMatchObject({ code: '25006' })
  })

  it('refuses an isolation level that does not exist', async () => {
    const batch = sql.transaction([sql`select 1`], { isolationLevel: 'Chaos' as 'Serializable' })
    await expect(batch).rejects.toThrow('invalid isolation level')
  })

  it('keeps batches that arrive at once apart', async () => {
    const batches = Array.from({ length: 20 }, (_, i) =>
      sql.transaction([sql`insert into steps values (${i})`, sql`insert into steps values (${i % 2 ? i + 100 : i})`]),
    )
    const settled = await Promise.allSettled(batches)
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual(settled.map((_, i) => i % 2 === 1))
    expect(await sql`select count(*)::int as count from steps`).toEqual([{ count: 20 }])
  })
})
