import { NeonDbError, neon, neonConfig } from '@neondatabase/serverless'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let sql: ReturnType<typeof neon<false, false>>

beforeAll(async () => {
  database = await createTestDatabase()
  neonConfig.fetchEndpoint = database.endpoint
  sql = neon(database.connectionString)
  await sql`create table notes (id int primary key, body text constraint body_unique unique, amount bigint)`
})
afterAll(() => database.close())

const refusalOf = async (query: Promise<unknown>) => {
  const error = await query.then(
    () => undefined,
    (reason) => reason,
  )
  expect(error).toBeInstanceOf(NeonDbError)
  return error as NeonDbError
}

describe('values', () => {
  it.each([
    ['int4', '1::int4', 1],
    ['float8', '1.5::float8', 1.5],
    ['int8 stays text', '9007199254740993::int8', '9007199254740993'],
    ['count(*) stays text', 'count(*)', '1'],
    ['numeric stays text', '0.10::numeric', '0.10'],
    ['bool', 'true', true],
    ['null', 'null::text', null],
    ['text beyond ASCII', `'Größe – 名前 😀'`, 'Größe – 名前 😀'],
    ['jsonb', `'{"a":[1,null]}'::jsonb`, { a: [1, null] }],
    ['text[]', `array['a,b','"c"',null,'{d}']`, ['a,b', '"c"', null, '{d}']],
    ['int[]', 'array[1,2]', [1, 2]],
    ['bytea', `'\\x00ff'::bytea`, Buffer.from([0, 255])],
    ['timestamptz', `'2026-03-29T02:30:00+02'::timestamptz`, new Date('2026-03-29T00:30:00Z')],
  ])('reads %s', async (_type, expression, expected) => {
    expect(await sql.query(`select ${expression} as value`)).toEqual([{ value: expected }])
  })

  it.each([
    ['number', 'int4', 41, 41],
    ['bigint', 'int8', 9007199254740993n, '9007199254740993'],
    ['boolean', 'bool', false, false],
    ['null', 'text', null, null],
    ['empty text', 'text', '', ''],
    ['text that looks like SQL', 'text', `'; drop table notes; --`, `'; drop table notes; --`],
    ['text beyond ASCII', 'text', 'naïve – 名 😀', 'naïve – 名 😀'],
    ['Date', 'timestamptz', new Date('2026-11-23T10:00:00.123Z'), new Date('2026-11-23T10:00:00.123Z')],
    ['array', 'text[]', ['a', 'b,"c"'], ['a', 'b,"c"']],
    ['Buffer', 'bytea', Buffer.from([1, 0, 254]), Buffer.from([1, 0, 254])],
    ['JSON text', 'jsonb', '[{"a":1}]', [{ a: 1 }]],
  ])('binds a %s', async (_type, cast, value, expected) => {
    expect(await sql.query(`select $1::${cast} as value`, [value])).toEqual([{ value: expected }])
  })

  it('keeps two columns of one name apart in array mode, and names the columns', async () => {
    const full = await neon(database.connectionString, { arrayMode: true, fullResults: true })`select 1 as a, 'x' as a`
    expect(full.rows).toEqual([[1, 'x']])
    expect(full.fields.map(({ name, dataTypeID }) => [name, dataTypeID])).toEqual([
      ['a', 23],
      ['a', 25],
    ])
  })

  it('counts the rows of each command', async () => {
    const full = neon(database.connectionString, { fullResults: true })
    const inserted = await full`insert into notes (id) values (100), (101)`
    expect([inserted.command, inserted.rowCount]).toEqual(['INSERT', 2])
    const selected = await full`select id from notes where id >= 100`
    expect([selected.command, selected.rowCount]).toEqual(['SELECT', 2])
    const deleted = await full`delete from notes where id >= 100`
    expect([deleted.command, deleted.rowCount]).toEqual(['DELETE', 2])
  })
})

describe('refusals', () => {
  it('names the constraint, table and detail of a duplicate', async () => {
    await sql`insert into notes (id, body) values (1, 'once')`
    const error = await refusalOf(sql`insert into notes (id, body) values (2, 'once')`)
    expect(error).toMatchObject({ code: '23505', constraint: 'body_unique', table: 'notes', schema: 'public' })
    expect(error.detail).toBe('Key (body)=(once) already exists.')
    expect(error.severity).toBe('ERROR')
  })

  it('points at the place of a syntax error', async () => {
    expect(await refusalOf(sql`selec 1`)).toMatchObject({ code: '42601', position: '1' })
  })

  it('refuses two statements in one query, and runs neither', async () => {
    const error = await refusalOf(sql`insert into notes (id) values (50); select 1`)
    expect(error.code).toBe('42601')
    expect(await sql`select id from notes where id = 50`).toEqual([])
  })

  it('refuses a NUL in a value', async () => {
    expect((await refusalOf(sql`select ${'a\0b'}::text`)).code).toBe('22021')
  })

  it.each([
    ['user', 'postgres://other:test-password@localhost/till'],
    ['password', 'postgres://till:guess@localhost/till'],
    ['database', 'postgres://till:test-password@localhost/other'],
  ])('refuses a wrong %s', async (_what, connectionString) => {
    const error = await refusalOf(neon(connectionString)`select 1`)
    expect(error.message).toMatch(/^password authentication failed for user/)
  })

  it.each(['', '{', '[]', '{"query":1}', '{"query":"select 1\\u0000"}', '{"query":"select $1","params":[[1]]}'])(
    'answers 400 to the body %j',
    async (body) => {
      const headers = {
        'Neon-Connection-String': database.connectionString,
        'Neon-Raw-Text-Output': 'true',
        'Neon-Array-Mode': 'true',
      }
      const response = await fetch(database.endpoint, { method: 'POST', headers, body })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ message: expect.stringContaining('could not parse') })
    },
  )
})

describe('sessions', () => {
  it('hands no open transaction and no setting to the next request', async () => {
    await sql`begin`
    await sql`insert into notes (id) values (60)`
    await sql`rollback`
    expect(await sql`select id from notes where id = 60`).toEqual([{ id: 60 }])
    await sql`set time zone 'America/New_York'`
    expect(await sql`show time zone`).toEqual([{ TimeZone: 'UTC' }])
  })

  it('does not see the inside of a transaction that a test holds open', async () => {
    const outside = await database.pglite.transaction(async (tx) => {
      await tx.query('insert into notes (id) values (70)')
      const rows = Promise.resolve(sql`select id from notes where id = 70`)
      // Answered without the database, and after the query above has arrived.
      await refusalOf(neon('postgres://other@localhost/till')`select 1`)
      await tx.rollback()
      return { rows }
    })
    expect(await outside?.rows).toEqual([])
  })
})
