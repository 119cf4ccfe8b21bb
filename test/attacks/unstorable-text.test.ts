import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase } from '../../adapters/neon.ts'
import type { Database } from '../../db/database.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  db = createDatabase({ databaseUrl: database.connectionString, sqlEndpoint: database.endpoint })
})
afterAll(() => database.close())

/** Every kind of character, halves of surrogate pairs and NUL among them more often than chance would have it. */
const text = fc
  .array(fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('\0', '\ud800', '\udfff', '\u{1f600}')))
  .map((parts) => parts.join(''))
const stored = (value: string) => value.toWellFormed().replaceAll('\0', '\ufffd')

describe('createDatabase', () => {
  it('stores any text, alone and in lists, with U+FFFD for what cannot be stored', async () => {
    const roundTrip = async (one: string, more: string[]) => {
      const rows = await db<{ one: string; more: string[] }>`select ${one}::text as one, ${more}::text[] as more`
      expect(rows).toEqual([{ one: stored(one), more: more.map(stored) }])
    }
    await fc.assert(fc.asyncProperty(text, fc.array(text, { maxLength: 3 }), roundTrip), {
      seed: 20261123,
      numRuns: 80,
    })
  })

  it('cuts a long subject within a pair and stores it all the same', async () => {
    const cut = `${'x'.repeat(199)}\u{1f600}`.slice(0, 200)
    expect(await db`select ${cut}::text as subject`).toEqual([{ subject: `${'x'.repeat(199)}\ufffd` }])
  })
})
