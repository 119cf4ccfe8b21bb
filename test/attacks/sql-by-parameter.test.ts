import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Module, parseModule } from '../support/architecture/module.ts'
import { readProject } from '../support/architecture/read-project.ts'
import { findLooseSql } from './find-loose-sql.ts'

/** What runs for the shop; tests and the local database emulator may say whatever they like. */
const PRODUCTION = /^(adapters|cli|db|functions|shop|site|workers)\/|^[^/]+\.ts$/
/** Without parameters by design, and written from nothing that a person typed. */
const KNOWN = ['cli/describe-schema.ts', 'db/migrate.ts'].map((path) => `${path} puts values into SQL by itself`)

let modules: Module[]
beforeAll(async () => {
  modules = (await readProject()).filter(({ path }) => PRODUCTION.test(path))
})

describe('SQL', () => {
  it('gets every value as a bound parameter, in db/ and everywhere else', () => {
    const found = modules.flatMap(findLooseSql).map((line) => line.replace(/:\d+/, ''))
    expect(found).toEqual(KNOWN)
  })

  it('is really there to be read', () => {
    const statements = modules.flatMap(({ source }) => source.match(/\bdb(<[^`;]*?>)?`/g) ?? [])
    expect(statements.length).toBeGreaterThan(80)
    expect(modules.filter(({ path }) => path.startsWith('db/')).length).toBeGreaterThan(25)
  })

  it('runs no text that it was given: no function in the database puts statements together', () => {
    const folder = new URL('../../db/migrations/', import.meta.url)
    for (const name of readdirSync(folder))
      expect(readFileSync(new URL(name, folder), 'utf8'), name).not.toMatch(
        /^\s*execute\s+(?!function|procedure)|\bformat\s*\(/im,
      )
  })
})

describe('findLooseSql', () => {
  const found = (source: string) => findLooseSql(parseModule('db/a.ts', `${source.replaceAll('#{', '${')}\n`))

  it.each([
    ['const rows = await db`select * from orders where id = #{id}`'],
    ['await app.db<Row>`insert into jobs (id) values (#{id})`'],
    ["const text = 'select one from many'"],
    ['const words = `pick #{one} from #{many}`'],
  ])('has nothing against %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    ['`select * from orders where id = #{id}`', 'puts values into SQL by itself'],
    ['await db`select * from a where #{sql`b in (select c from d where e = #{f})`}`', 'puts values into SQL by itself'],
    ["'delete from orders where id = ' + id", 'adds pieces of SQL up'],
    ['`update orders set a = 1 ` + where', 'adds pieces of SQL up'],
    ['await db(text)', 'calls the database like a function'],
    ['await app.db(Object.assign([text], { raw: [text] }))', 'calls the database like a function'],
    ["run.query('select 1 from orders')", 'hands a statement to a driver by itself'],
    ['run.unsafe(text)', 'uses unsafe()'],
  ])('objects to %s', (source, complaint) => expect(found(source)).toEqual([`db/a.ts:1 ${complaint}`]))
})
