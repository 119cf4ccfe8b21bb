import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'

let postgres: RealPostgres
let names: string[]

beforeAll(async () => {
  postgres = await startPostgres()
  const files = await readdir(new URL('../../db/migrations/', import.meta.url))
  names = files.filter((name) => name.endsWith('.sql')).sort()
})
beforeEach(() => postgres.empty())
afterAll(() => postgres.close())

describe('migrate', () => {
  it('applies every file to a real PostgreSQL, and nothing the second time', async () => {
    expect(await migrate(postgres.target)).toEqual(names)
    expect(await migrate(postgres.target)).toEqual([])
    expect(await postgres.target.db`select slot from worker_slots order by slot`).toEqual([{ slot: 1 }, { slot: 2 }])
  })

  it('applies each file once when ten run at once, in sessions of their own', async () => {
    const runs = await Promise.all(Array.from({ length: 10 }, () => migrate(postgres.target)))
    expect(runs.flat().sort()).toEqual(names)
    const journal = await postgres.target.db<{ name: string }>`select name from migrations order by name`
    expect(journal.map(({ name }) => name)).toEqual(names)
  })
})
