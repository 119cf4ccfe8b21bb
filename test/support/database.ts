import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PGlite } from '@electric-sql/pglite'
import { serve } from '@hono/node-server'
import { createSqlEmulator } from '../../local/sql/emulator.ts'
import { migratedTemplate } from './migrated-template.ts'

export type TestDatabase = {
  connectionString: string
  /** For NEON_SQL_ENDPOINT. */
  endpoint: string
  /** The same database without HTTP, to arrange and to look. */
  pglite: PGlite
  close(): Promise<void>
}

/** A migrated, empty database in memory, served on a free port in Neon's protocol for the real driver. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const pglite = await PGlite.create({ loadDataDir: await migratedTemplate() })
  const connectionString = 'postgres://till:test-password@localhost/till'
  const { routes } = createSqlEmulator({ pglite, connectionString })
  const server = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  if (!server.listening) await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sql`
  return { connectionString, endpoint, pglite, close: () => close(server, pglite) }
}

async function close(server: Server, pglite: PGlite): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await pglite.close()
}
