import { beforeAll, describe, expect, it } from 'vitest'
import { findUnguardedAdminDoors } from './support/architecture/admin-doors.ts'
import { findBundlerTraps } from './support/architecture/bundler-traps.ts'
import { findCycles } from './support/architecture/cycles.ts'
import { findForbiddenImports, findPackagesInBrowser } from './support/architecture/import-rules.ts'
import { findDisorder } from './support/architecture/layout.ts'
import type { Module } from './support/architecture/module.ts'
import { readProject } from './support/architecture/read-project.ts'
import { findEnvironmentReaders, findImpurities } from './support/architecture/surroundings.ts'
import { findMisshapenUseCases } from './support/architecture/use-case-shape.ts'

let modules: Module[]

beforeAll(async () => {
  modules = await readProject()
})

// That each of these can fail is shown, sentence by sentence, in test/support/architecture/*.test.ts.
describe('the house', () => {
  it('is read as a whole', () => {
    const folders = new Set(modules.map(({ path }) => path.split('/')[0]))
    expect([...folders]).toEqual(
      expect.arrayContaining(['adapters', 'cli', 'db', 'functions', 'local', 'shop', 'site', 'test', 'workers']),
    )
  })

  it('imports only what each part may', () => expect(findForbiddenImports(modules)).toEqual([]))
  it('imports nothing in a circle', () => expect(findCycles(modules)).toEqual([]))
  it('sends no package to the browser', () => expect(findPackagesInBrowser(modules)).toEqual([]))
  it('keeps clocks, chance and the network out of the shop', () => expect(findImpurities(modules)).toEqual([]))
  it('reads the environment in one place', () => expect(findEnvironmentReaders(modules)).toEqual([]))
  it('gives every use case `app` first', () => expect(findMisshapenUseCases(modules)).toEqual([]))
  it('keeps every door of the seller behind one guard', () => expect(findUnguardedAdminDoors(modules)).toEqual([]))
  it('steps into none of the traps of the bundler', () => expect(findBundlerTraps(modules)).toEqual([]))
  it('keeps files small and well named', () => {
    const sources = modules.filter(({ path }) => !path.startsWith('test/'))
    expect(findDisorder(sources)).toEqual([])
  })
})
