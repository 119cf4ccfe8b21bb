import { describe, expect, it } from 'vitest'
import { findBundlerTraps } from './bundler-traps.ts'
import { house } from './fixture.ts'

const DOOR = 'export default endpoint({})\n'
const trapsOf = (source: string, path = 'functions/go.ts') => findBundlerTraps(house({ [path]: source }))

describe('findBundlerTraps', () => {
  it.each([
    `export const config: Config = { path: '/go/:slug' }`,
    `export const config: Config = { path: ['/a', '/b'], preferStatic: true }`,
    `export const config: Config = { path: '/a', rateLimit: { windowSize: 60, aggregateBy: ['ip', 'domain'] } }`,
    `export const config: Config = { schedule: '* * * * *' }`,
  ])('has nothing to say about %s', (config) => {
    expect(trapsOf(DOOR + config)).toEqual([])
  })

  it.each([
    [`export const config: Config = { path: '/a' } satisfies Config`, 'plain object literal'],
    [`export const config: Config = { path: '/a' } as const`, 'plain object literal'],
    ['export const config: Config = SETTINGS', 'plain object literal'],
    ['export const config: Config = settings()', 'plain object literal'],
    [`export const config = { path: '/a' }`, 'annotate'],
    [`export const config: Settings = { path: '/a' }`, 'annotate'],
    ['export const config: Config = { path: PATH }', 'plain literal'],
    ['export const config: Config = { path: `/a` }', 'plain literal'],
    ['export const config: Config = { path: [`/a`] }', 'plain literal'],
    ['export const config: Config = { ...BASE }', 'plain literal'],
    [`export const config: Config = { ['path']: '/a' }`, 'plain literal'],
    ['export const config: Config = { rateLimit: { windowSize: 60 * 3 } }', 'plain literal'],
    [`export const config: Config = { rateLimit: { windowSize: 60, aggregateBy: 'ip' } }`, 'aggregateBy'],
    [`export const config: Config = { path: '/a', method: ['GET'] }`, 'names methods'],
    ['', 'has no `export const config'],
    [`const config: Config = { path: '/a' }`, 'has no `export const config'],
    [`export const config: Config = { path: '/a' }\nexport const handler = 1`, '`handler`'],
    [`export const config: Config = { path: '/a' }\nexport function handler() {}`, '`handler`'],
    [`export const config: Config = { path: '/a' }\nconst h = 1\nexport { h as handler }`, '`handler`'],
    [`export const config: Config = { path: '/a' }\nexport { handler } from './x.ts'`, '`handler`'],
  ])('sees the trap in %s', (config, complaint) => {
    const traps = trapsOf(DOOR + config)
    expect(traps).toHaveLength(1)
    expect(traps[0]).toContain(complaint)
  })

  it('sees a function without a door, a loose file, a test and a folder', () => {
    const config = `export const config: Config = { path: '/a' }`
    expect(trapsOf(config)).toEqual(['functions/go.ts has no default export'])
    expect(trapsOf(DOOR + config, 'functions/go.test.ts')).toEqual([
      'functions/go.test.ts is a test, and would be deployed',
    ])
    expect(trapsOf(DOOR + config, 'functions/go/index.ts')).toEqual([
      'functions/go/index.ts lies in a folder of functions/',
    ])
    expect(trapsOf('export const a = 1', 'functions/_shared.ts').length).toBeGreaterThan(0)
    expect(trapsOf('export const a = 1', 'shop/money.ts')).toEqual([])
  })
})
