import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { VARIABLES } from '../../adapters/variables.ts'
import { KEPT_DAYS } from '../../shop/retention/kept-days.ts'
import { pathOf, plain, readPage, tableAfter } from './read-markdown.ts'

const page = readPage('docs/SECURITY.md')

describe('docs/SECURITY.md', () => {
  it('names files that are there', () => {
    const named = page.text.match(/`(?:test|shop|adapters|db)\/[\w./-]+`/g) ?? []
    expect(named.length).toBeGreaterThan(80)
    expect([...new Set(named)].filter((path) => !existsSync(pathOf(plain(path))))).toEqual([])
  })

  it('says of every secret variable who needs it and how it is replaced', () => {
    const said = tableAfter(page, '## Secrets and keys').map(([name]) => plain(name))
    const secret = Object.keys(VARIABLES).filter((name) => /SECRET|_KEY$|TOKEN|DATABASE_URL|HOOK_URL/.test(name))
    expect(said.sort()).toEqual(secret.sort())
  })
})

describe('what is stored', () => {
  const rows = tableAfter(page, '## What is stored, and for how long')

  it('is every table of the schema', () => {
    const tables = Array.from(readPage('db/schema.sql').text.matchAll(/^create table (\w+)/gm), ([, name]) => name)
    expect(rows.map(([table]) => plain(table)).sort()).toEqual(tables.sort())
  })

  it('is Personal where a column holds an address, and Secret where one holds the hash of something short', () => {
    const text = readPage('db/schema.sql').text
    const holding = (column: RegExp) =>
      Array.from(text.matchAll(/^create table (\w+) \(([\s\S]*?)^\)/gm)).flatMap(([, name = '', body = '']) =>
        column.test(body) ? [name] : [],
      )
    const of = (level: string) => rows.flatMap(([table, said]) => (said === level ? [plain(table)] : []))
    expect(of('Personal')).toEqual(expect.arrayContaining(holding(/^ {2}(\w*email|address|to_address) text/m)))
    expect(of('Secret')).toEqual(expect.arrayContaining(holding(/^ {2}code_hash text/m)))
  })

  it('is kept for as many days as the code keeps it', () => {
    const days = Object.fromEntries(
      rows.map(([table, , , kept = '']) => [plain(table), Number(/(\d+) days?/.exec(kept)?.[1])]),
    )
    expect({
      affiliate_clicks: days.affiliate_clicks,
      done_jobs: days.jobs,
      mail_bodies: days.emails,
      checkouts: days.checkouts,
      access_codes: days.access_codes,
      rate_limits: days.rate_limits,
    }).toEqual(KEPT_DAYS)
  })
})

describe('docs/RUNBOOK.md', () => {
  it('says of every alarm what it means and what mends it', () => {
    const rows = tableAfter(readPage('docs/RUNBOOK.md'), '## Every alarm')
    const kinds = [...new Set(readPage('shop/mail/mail-subject.ts').text.match(/seller_\w+(?=')/g))]
    const told = rows.map(([alarm]) => plain(alarm)).filter((alarm) => alarm.startsWith('seller_'))
    // A sale is good news.
    expect(told.sort()).toEqual(kinds.filter((kind) => kind !== 'seller_sale').sort())
    expect(rows.filter(([, means = '', remedy = '']) => means.length < 20 || remedy.length < 20)).toEqual([])
  })
})

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; in every section they come before those of level 3. */
const SECTIONS: Record<string, number[]> = {
  V1: [2, 9, 11, 3, 2],
  V2: [3, 3, 4, 1],
  V3: [0, 2, 4, 6, 5, 0, 2],
  V4: [3, 1, 2, 4],
  V5: [1, 3, 2, 3],
  V6: [3, 12, 4, 4, 5, 3, 0, 4],
  V7: [3, 4, 2, 5, 2, 2],
  V8: [2, 3, 1, 1],
  V9: [3, 4],
  V10: [2, 2, 4, 11, 5, 2, 3],
  V11: [2, 3, 3, 4, 1, 1],
  V12: [3, 2, 4],
  V13: [1, 5, 2, 5],
  V14: [2, 4, 3],
  V15: [3, 3, 7],
  V16: [1, 5, 4, 3, 3],
  V17: [1, 4, 2],
}
const REQUIRED = Object.entries(SECTIONS).flatMap(([chapter, counts]) =>
  counts.flatMap((count, section) => Array.from({ length: count }, (_, i) => `${chapter}.${section + 1}.${i + 1}`)),
)

describe('the table of OWASP ASVS 5.0', () => {
  const chapters = Array.from(page.text.matchAll(/^### (V\d+ .*)$/gm), ([heading]) => heading)
  const rows = chapters.flatMap((heading) => tableAfter(page, heading))

  it('answers all 253 requirements of levels 1 and 2, in their order', () => {
    expect(REQUIRED).toHaveLength(253)
    const answered = rows.flatMap(([ids = '']) => {
      const [first = '', last = first] = ids.split('–')
      return REQUIRED.slice(REQUIRED.indexOf(first), REQUIRED.indexOf(last) + 1)
    })
    expect(answered).toEqual(REQUIRED)
  })

  it('answers each by a test, by a place on a page, or by saying why not', () => {
    const isAnswer = (where: string) =>
      /`test\/|\]\(|Exception: \w+|Not here|Platform/.test(where) || where.split(' ').length >= 4
    expect(rows.filter(([, where = '']) => !isAnswer(where))).toEqual([])
  })
})
