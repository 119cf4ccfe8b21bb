import { findFaults } from '../adapters/config-faults.ts'
import { createMigrationTarget } from '../adapters/create-app.ts'
import { migrate } from '../db/migrate.ts'
import { namesDatabase } from '../local/settings.ts'
import { buildShop } from './build-shop.ts'
import { noteBuild } from './note-build.ts'

/** `npm run build`: what Netlify runs. Without a database in the environment, it uses that of the local platform. */
async function main(): Promise<void> {
  // Netlify never falls back to the demo shop: without a database its build fails and names the variable.
  if (namesDatabase(process.env) || process.env.NETLIFY) return await build(process.env)
  const { withServices } = await import('../local/with-services.ts')
  await withServices(build)
}

async function build(env: NodeJS.ProcessEnv): Promise<void> {
  const isProduction = env.CONTEXT === 'production'
  if (isProduction) await prepareDatabase(env)
  const buildAll = () => buildShop({ env, output: 'dist' })
  // Nobody visits what any other build makes.
  const bundles = await (isProduction ? noteBuild(env, buildAll) : buildAll())
  for (const { name, bytes } of bundles) console.log(`${String(Math.round(bytes / 1024)).padStart(6)} KB  ${name}`)
  console.log('Built dist/site and dist/functions')
}

async function prepareDatabase(env: NodeJS.ProcessEnv): Promise<void> {
  const faults = findFaults(env)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  const applied = await migrate(createMigrationTarget(env))
  console.log(applied.length > 0 ? `Migrated: ${applied.join(', ')}` : 'The database is up to date')
}

try {
  await main()
} catch (error) {
  console.error((error as Error).message)
  if ((error as Error).cause) console.error((error as Error).cause)
  process.exitCode = 1
}
