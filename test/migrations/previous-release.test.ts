import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migratedTemplate } from '../support/migrated-template.ts'
import { statementsOf } from './statements-of.ts'

type Release = { commit: string; migration: string; statements: { path: string; text: string }[] }

const released: Release = JSON.parse(readFileSync(new URL('released.json', import.meta.url), 'utf8'))

let pglite: PGlite
beforeAll(async () => {
  pglite = await PGlite.create({ loadDataDir: await migratedTemplate() })
})
afterAll(() => pglite.close())

/** What PostgreSQL has against a statement when it plans it: names, columns, types, the keys of conflicts; null when nothing. */
async function objectionTo(text: string, after: string[] = []): Promise<string | null> {
  await pglite.exec('begin')
  try {
    for (const change of after) await pglite.exec(change)
    await pglite.exec(`explain (generic_plan) ${text}`)
    return null
  } catch (error) {
    return (error as Error).message
  } finally {
    await pglite.exec('rollback')
  }
}

async function objections(after: string[] = [], most = Number.POSITIVE_INFINITY): Promise<string[]> {
  const found: string[] = []
  for (const { path, text } of released.statements) {
    const objection = await objectionTo(text, after)
    if (objection) found.push(`${path}: ${objection}`)
    if (found.length >= most) break
  }
  return found
}

describe('the release before', () => {
  it('finds everything that it asks for in the newest schema', async () => {
    expect(released.statements.length).toBeGreaterThan(50)
    expect(await objections()).toEqual([])
  })

  it.each([
    ['drops a column', 'alter table orders drop column access_epoch cascade'],
    ['renames a column', 'alter table jobs rename column fence to turn'],
    ['renames a table', 'alter table emails rename to mails'],
    ['drops a view', 'drop view entitlements'],
    ['gives a column another type', 'alter table rate_limits alter column visits type text'],
    ['takes the key away that a conflict is about', 'alter table jobs drop constraint jobs_pkey cascade'],
  ])('is found out to break when a migration %s', async (_what, change) => {
    expect(await objections([change], 1)).toHaveLength(1)
  })
})

/** A value as it stands in a template. */
const value = (code: string) => `$${'{'}${code}}`

describe('statementsOf', () => {
  it('reads tagged templates with their values, and nothing else', () => {
    const source = [
      `const [row] = await db<Row>\`select ${value('a')} from b where c = ${value('{ d: 1 }.d')} and e = ${value('`f`')}\``,
      `await app.db\`update h set i = '\\\\d' where j = ${value('k')}\``,
      `const other = \`not ${value('this')}\``,
    ].join('\n')
    expect(statementsOf(source)).toEqual([
      'select $1 from b where c = $2 and e = $3',
      "update h set i = '\\d' where j = $1",
    ])
  })

  it('refuses what does not end', () => {
    expect(() => statementsOf(`db\`select ${value('a').slice(0, -1)}`)).toThrow('does not end')
    expect(() => statementsOf('db`select 1')).toThrow('does not end')
  })
})
