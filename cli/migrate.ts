import process from 'node:process'
import { createMigrationTarget } from '../adapters/create-app.ts'
import { migrate } from '../db/migrate.ts'
import { namesDatabase } from '../local/settings.ts'

/** `npm run migrate`: brings the database of the environment, or else that of the local platform, to the newest migration. */
async function main(): Promise<void> {
  if (namesDatabase(process.env)) return run(process.env)
  const { withServices } = await import('../local/with-services.ts')
  await withServices(run)
}

async function run(env: NodeJS.ProcessEnv): Promise<void> {
  const applied = await migrate(createMigrationTarget(env))
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'The database is up to date')
}

try {
  await main()
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
