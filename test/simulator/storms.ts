import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runSeed, type SeedReport } from './run-seed.ts'
import { addUp, faultsOf } from './seed-verdict.ts'
import { openSimulatedDatabase, type SimulatedDatabase } from './simulated-database.ts'

/** The storms of these seeds as tests, with the sum of G1; two files share the seeds of a CI run between the two cores. */
export function describeStorms(seeds: number[]): void {
  let database: SimulatedDatabase
  const reports: SeedReport[] = []
  beforeAll(async () => {
    database = await openSimulatedDatabase()
  })
  afterAll(() => database.close())

  describe('a storm over the shop', () => {
    it.each(seeds)('loses nothing and doubles nothing (replay: npm run simulate -- --seed %i)', async (seed) => {
      const report = await runSeed({ database, seed })
      reports.push(report)
      expect(faultsOf(report)).toEqual([])
      expect(report.counts['crash of worker']).toBeGreaterThan(50)
    })

    it('was hard enough', () => {
      const { sessions, deliveries, crashes } = addUp(reports)
      expect(sessions / seeds.length).toBeGreaterThan(145)
      expect(deliveries / seeds.length).toBeGreaterThan(500)
      expect(crashes / seeds.length).toBeGreaterThan(200)
    })
  })
}
