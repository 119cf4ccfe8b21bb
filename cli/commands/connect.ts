import { resolve } from 'node:path'
import process from 'node:process'
import type { Environment } from '../../adapters/config.ts'
import { createApp } from '../../adapters/create-app.ts'
import { namesDatabase } from '../../local/settings.ts'
import type { App } from '../../shop/app.ts'
import type { Terminal } from './command.ts'
import type { Connect } from './run-till.ts'

/** The shop of the environment if it names a database, else that of this machine, running or not. */
export function connectWith(terminal: Pick<Terminal, 'tell'>): Connect {
  return async (work) => {
    const folder = resolve(process.env.TILL_DATA_DIR?.trim() || '.local')
    const run = (env: Environment) => work({ app: createQuietApp(env, terminal), folder })
    if (namesDatabase(process.env)) return run(process.env)
    const { withServices } = await import('../../local/with-services.ts')
    return withServices(run)
  }
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
