import { SCHEMA_VERSION } from '../../db/schema-version.ts'
import type { App } from '../app.ts'
import { type HealthReport, reportHealth } from './health-report.ts'

/**
 * How the shop is, from the notes that its workers and sweeps leave outside of the database: a monitor must not keep that awake.
 * @throws VendorDown when the notes cannot be read
 */
export async function tellHealth(app: Pick<App, 'health' | 'now'>): Promise<HealthReport> {
  return reportHealth(await app.health.read(), { now: app.now(), schema: SCHEMA_VERSION })
}
