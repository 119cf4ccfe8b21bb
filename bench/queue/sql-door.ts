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
  return {
    connectionString,
    requests: emulator.requests,
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await connection.close()
    },
  }
}
