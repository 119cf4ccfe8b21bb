import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PGlite } from '@electric-sql/pglite'
import { serve } from '@hono/node-server'
import { createSqlEmulator } from '../../local/sql/emulator.ts'
import { connectPostgres } from '../../test/support/postgres-connection.ts'
import type { Account } from './postgres.ts'

/** Neon's SQL over HTTP in front of this database, for the driver that Till runs on. */
export async function openSqlDoor(account: Account) {
  const connectionString = `postgres://${account.user}:${account.password}@localhost/${account.database}`
  const connection = await connectPostgres(account)
  const emulator = createSqlEmulator({ pglite: connection as PGlite, connectionString })
  const server = serve({ fetch: emulator.routes.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await warmUp(`http://127.0.0.1:${port}/sql`, connectionString)
  return {
    connectionString,
    requests: () => emulator.requests() - WARM_UP,
    port,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await connection.close()
    },
  }
}

const WARM_UP = 300

/** Neon's door has answered millions of requests before ours; a door that compiles itself meanwhile would be charged to Till. */
async function warmUp(endpoint: string, connectionString: string): Promise<void> {
  const headers = {
    'neon-connection-string': connectionString,
    'neon-raw-text-output': 'true',
    'neon-array-mode': 'true',
  }
  const body = JSON.stringify({ query: 'select 1 where $1 = $1', params: ['1'] })
  for (let i = 0; i < WARM_UP; i++) {
    const answer = await fetch(endpoint, { method: 'POST', headers, body })
    if (!answer.ok) throw new Error(`the database's door answers ${answer.status}: ${await answer.text()}`)
    await answer.arrayBuffer()
  }
}
