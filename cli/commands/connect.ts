import { resolve } from 'node:path'
import process from 'node:process'
import type { Environment } from '../../adapters/config.ts'
import { createApp } from '../../adapters/create-app.ts'
import { namesDatabase } from '../../local/settings.ts'
import type { App } from '../../shop/app.ts'
import type { Terminal } from './command.ts'
import { type Place, productionEnvironment } from './place.ts'
import type { Connect } from './run-till.ts'

/** The shop that was named; else that of the environment if it names a database, else that of this machine, running or not. */
export function connectWith(terminal: Pick<Terminal, 'tell'>): Connect {
  return async (work, place) => {
    const folder = resolve(process.env.TILL_DATA_DIR?.trim() || '.local')
    const run = (env: Environment) => work({ app: createQuietApp(env, terminal), folder, env })
    if (place === 'production') return run(productionEnvironment(process.env))
    if (place === undefined && namesDatabase(process.env)) return run(process.env)
    const { withServices } = await import('../../local/with-services.ts')
    return withServices(run)
  }
}

/** The address of the shop that would be opened. */
export function nameShop(place: Place | undefined): string {
  const env = place === 'production' ? productionEnvironment(process.env) : process.env
  const isNamed = place === 'production' || (place === undefined && namesDatabase(env))
  return isNamed ? (env.SITE_URL ?? 'the one whose database is in the environment') : 'the one on this machine'
}

/** The log's lines are for Netlify; here a person reads, and the command itself says what it does. */
function createQuietApp(env: Environment, { tell }: Pick<Terminal, 'tell'>): App {
  const log: App['log'] = {
    info: () => undefined,
    warn: () => undefined,
    error: (event, error) => tell(`${event}: ${error instanceof Error ? error.message : String(error)}`),
  }
  return Object.assign(createApp({ env }), { log })
}
