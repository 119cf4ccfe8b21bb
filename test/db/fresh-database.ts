import { createMigrationTarget } from '../../adapters/create-app.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

/** A database without a single table behind the real Neon driver, for tests that build one. `empty` takes everything away again. */
export async function createFreshDatabase() {
  const database = await createTestDatabase()
  const { connectionString, endpoint, pglite } = database
  const target = createMigrationTarget({ NETLIFY_DATABASE_URL: connectionString, NEON_SQL_ENDPOINT: endpoint })
  await empty(database)
  return { target, pglite, empty: () => empty(database), close: () => database.close() }
}

async function empty({ pglite }: TestDatabase): Promise<void> {
  await pglite.exec('drop schema public cascade; create schema public')
}
