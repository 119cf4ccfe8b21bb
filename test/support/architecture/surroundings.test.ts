import { describe, expect, it } from 'vitest'
import { house } from './fixture.ts'
import { findEnvironmentReaders, findImpurities } from './surroundings.ts'

describe('findImpurities', () => {
  it.each([
    'Date.now()',
    'new Date()',
    'Math.random()',
    'const x = Math["random"]()',
    'crypto.randomUUID()',
    'performance.now()',
    'const { now } = Date',
    'await fetch("https://x.example")',
    'setTimeout(() => {}, 1)',
    'console.log(1)',
    `import { randomBytes } from 'node:crypto'`,
    `import { randomUUID as id } from 'node:crypto'`,
  ])('finds %s in a rule, a use case, a query and a worker', (source) => {
    for (const path of ['shop/a.ts', 'shop/wake.ts', 'db/a.ts', 'workers/a.ts'])
      expect(findImpurities(house({ [path]: source }))).toHaveLength(1)
    expect(findImpurities(house({ 'adapters/a.ts': source }))).toEqual([])
  })

  it.each([
    'new Date(0)',
    'app.now()',
    'const now = (at: Date) => at.getTime()',
    `import { createHash } from 'node:crypto'`,
    'const sql = "select random(), now()"',
    'type Fetch = typeof fetch',
  ])('has nothing to say about %s', (source) => {
    expect(findImpurities(house({ 'shop/a.ts': source }))).toEqual([])
  })
})

describe('findEnvironmentReaders', () => {
  it.each([
    'const key = process.env.STRIPE_SECRET_KEY',
    `const key = process['env']`,
    'const { env } = process',
    'const { env: mine, argv } = process',
    'const key = import.meta.env.KEY',
    'const key = Netlify.env.get("KEY")',
    `const isTest = config.NODE_ENV === 'test'`,
    'if (MOCKS()) throw new Error()',
    `import { env } from 'node:process'`,
    `import { env as e } from 'process'`,
  ])('finds %s', (source) => {
    for (const path of ['shop/a.ts', 'functions/a.ts', 'adapters/a.ts', 'db/a.ts', 'site/_build/a.ts'])
      expect(findEnvironmentReaders(house({ [path]: source })).length).toBeGreaterThan(0)
    expect(findEnvironmentReaders(house({ 'local/a.ts': source, 'cli/a.ts': source, 'test/a.ts': source }))).toEqual([])
  })

  it('lets the two readers read, but not ask whether this is a test', () => {
    const reads = 'export const read = (env = process.env) => env'
    expect(findEnvironmentReaders(house({ 'adapters/create-app.ts': reads, 'adapters/config.ts': reads }))).toEqual([])
    const branches = `export const isTest = process.env.NODE_ENV === 'test'`
    expect(findEnvironmentReaders(house({ 'adapters/config.ts': branches }))).toHaveLength(1)
  })

  it('does not take the environment of a parameter for that of the process', () => {
    expect(findEnvironmentReaders(house({ 'adapters/a.ts': 'export const f = (env: Env) => env.SITE_URL' }))).toEqual(
      [],
    )
  })
})
