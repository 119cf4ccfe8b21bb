import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { createFreshDatabase } from './fresh-database.ts'

let fresh: Awaited<ReturnType<typeof createFreshDatabase>>
let folder: string

beforeAll(async () => {
  fresh = await createFreshDatabase()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-migrations-'))
  await write('0001_first.sql', '-- First; of all.\ncreate table first (id int);')
  await write('0002_second.sql', "create table second (id int); insert into second values (1); select ';';")
})
afterEach(async () => {
  await fresh.empty()
  await rm(folder, { recursive: true })
})
afterAll(() => fresh.close())

const write = (name: string, sql: string) => writeFile(join(folder, name), sql)
const run = () => migrate(fresh.target, pathToFileURL(`${folder}/`))
const tables = async () => {
  const rows = await fresh.target.db<{ name: string }>`select tablename as name from pg_tables
    where schemaname = 'public' order by tablename`
  return rows.map(({ name }) => name)
}
const journal = async () =>
  (await fresh.target.db<{ name: string }>`select name from migrations order by applied_at`).map(({ name }) => name)

describe('migrate', () => {
  it('applies the files in order, says which, and writes each into the journal', async () => {
    expect(await run()).toEqual(['0001_first.sql', '0002_second.sql'])
    expect(await journal()).toEqual(['0001_first.sql', '0002_second.sql'])
    expect(await tables()).toEqual(['first', 'migrations', 'second'])
    const rows = await fresh.target.db<{ checksum: string }>`select checksum from migrations`
    for (const { checksum } of rows) expect(checksum).toMatch(/^[0-9a-f]{64}$/)
  })

  it('does nothing the second time, and only what is new the third', async () => {
    await run()
    expect(await run()).toEqual([])
    await write('0003_third.sql', 'create table third (id int)')
    expect(await run()).toEqual(['0003_third.sql'])
    expect(await fresh.target.db`select id from second`).toEqual([{ id: 1 }])
  })

  it('applies each file once when five run at once', async () => {
    const runs = await Promise.all([run(), run(), run(), run(), run()])
    expect(runs.flat().sort()).toEqual(['0001_first.sql', '0002_second.sql'])
    expect(await journal()).toHaveLength(2)
    expect(await fresh.target.db`select id from second`).toEqual([{ id: 1 }])
  })

  it('leaves nothing of a file in which a statement fails, and names the file', async () => {
    await write('0003_third.sql', 'create table third (id int); select 1 / 0;')
    await expect(run()).rejects.toThrow('migration 0003_third.sql failed')
    await expect(run()).rejects.toMatchObject({ cause: { code: '22012' } })
    expect(await tables()).toEqual(['first', 'migrations', 'second'])
    expect(await journal()).toEqual(['0001_first.sql', '0002_second.sql'])
  })

  it('goes on where it failed once the file is mended', async () => {
    await write('0003_third.sql', 'create table third (id int); select 1 / 0;')
    await expect(run()).rejects.toThrow()
    await write('0003_third.sql', 'create table third (id int)')
    expect(await run()).toEqual(['0003_third.sql'])
  })

  it('refuses two files with one number, before anything is applied', async () => {
    await write('0002_other.sql', 'create table other (id int)')
    await expect(run()).rejects.toThrow('two migrations share the number of 0002_second.sql')
    expect(await tables()).toEqual([])
  })

  it.each(['3_third.sql', '0003.sql', '0003_Third.sql', "0003_it's.sql", '0003_third.SQL.sql'])(
    'refuses a file called %s',
    async (name) => {
      await write(name, 'select 1')
      await expect(run()).rejects.toThrow(`migration ${name} must be called NNNN_name.sql`)
    },
  )

  it('passes over what is not SQL', async () => {
    await write('README.md', 'read me')
    expect(await run()).toHaveLength(2)
  })

  it('refuses a file that was edited after it was applied, be it by a space', async () => {
    await run()
    await write('0001_first.sql', '-- First; of all.\ncreate table first (id int); ')
    await write('0003_third.sql', 'create table third (id int)')
    await expect(run()).rejects.toThrow('migration 0001_first.sql was edited')
    expect(await tables()).not.toContain('third')
  })

  it('refuses to go on when the file of an applied one is gone', async () => {
    await run()
    await rm(join(folder, '0001_first.sql'))
    await expect(run()).rejects.toThrow('migration 0001_first.sql was applied to this database but its file is gone')
  })
})
