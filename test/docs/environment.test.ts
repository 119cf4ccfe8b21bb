import { describe, expect, it } from 'vitest'
import { VARIABLES } from '../../adapters/variables.ts'
import { plain, readPage, tableAfter } from './read-markdown.ts'

const page = readPage('docs/ENVIRONMENT.md')
const variables = Object.entries(VARIABLES)
const names = Object.keys(VARIABLES)
/** Those that lead to something else than the vendors, and the database's other names. */
const LEFT_UNSET = ['NEON_SQL_ENDPOINT', 'STRIPE_API_BASE', 'RESEND_BASE_URL']
/** Those of a bucket, for shops that have one. */
const BUCKET = names.filter((name) => name.startsWith('FILES_S3_'))
/** Those that only the seller's own machine has. */
const OWN_MACHINE = variables.flatMap(([name, { readers }]) => (readers === 'command line' ? [name] : []))
const toSet = names.filter((name) => ![...LEFT_UNSET, ...BUCKET, ...OWN_MACHINE].includes(name))

describe('docs/ENVIRONMENT.md', () => {
  it('says of every variable what the code says, in the same order', () => {
    const said = tableAfter(page, "## Till's variables").map(([name, what, where, example, readers]) =>
      [plain(name), what, where, plain(example), readers].join(' | '),
    )
    expect(said).toEqual(
      variables.map(([name, { what, where, example, readers }]) => [name, what, where, example, readers].join(' | ')),
    )
  })

  it('names the variables to set on Netlify, and those to leave unset', () => {
    const paragraph = /\*\*On Netlify\*\*([\s\S]*?)\n\n/.exec(page.text)?.[1] ?? ''
    const named = paragraph.match(/`[A-Z_]+`/g)?.map(plain)
    expect(named).toEqual([...toSet, ...LEFT_UNSET])
  })

  it('names those of a bucket, and those for the command line', () => {
    const paragraph = (title: string) => new RegExp(`\\*\\*${title}\\*\\*([\\s\\S]*?)\\n\\n`).exec(page.text)?.[1] ?? ''
    const named = (title: string) => [
      ...new Set(
        paragraph(title)
          .match(/`[A-Z0-9_]+`/g)
          ?.map(plain),
      ),
    ]
    expect(named('With a bucket').sort()).toEqual([...BUCKET].sort())
    expect(named('On your own machine')).toEqual(OWN_MACHINE)
  })

  it('names the other two names of the database in the order in which the code takes them', () => {
    expect(page.text).toContain('`DATABASE_URL`, `NETLIFY_DB_URL`, `NETLIFY_DATABASE_URL`')
  })
})

describe('.env.example', () => {
  const lines = readPage('.env.example').text.split('\n')

  it('has a line for every variable to set', () => {
    expect(lines.flatMap((line) => /^([A-Z0-9_]+)=/.exec(line)?.[1] ?? []).sort()).toEqual([...toSet].sort())
  })

  it('keeps behind a comment sign what most shops leave unset', () => {
    const unset = [...LEFT_UNSET, ...BUCKET, ...OWN_MACHINE]
    expect(lines.flatMap((line) => /^# ([A-Z0-9_]+)=/.exec(line)?.[1] ?? []).sort()).toEqual(unset.sort())
  })
})

describe('docs/DEPLOY.md, the variables', () => {
  const rows = tableAfter(readPage('docs/DEPLOY.md'), '## 4. The variables')

  it('gives each variable the scopes of those who read it', () => {
    const expected = variables
      .filter(([name]) => toSet.includes(name))
      .map(([name, { readers }]) => [name, readers === 'functions' ? 'Functions' : 'Builds, Functions'])
    expect(rows.map(([name, scope]) => [plain(name), scope])).toEqual(expected)
  })

  it('flags everything as secret but the address and the sender', () => {
    const open = rows.filter(([, , secret]) => secret !== 'yes').map(([name]) => plain(name))
    expect(open).toEqual(['SITE_URL', 'EMAIL_FROM'])
  })
})
