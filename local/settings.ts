import { join, resolve } from 'node:path'
import type { Environment } from '../adapters/config.ts'

export type Settings = {
  port: number
  siteUrl: string
  servicesUrl: string
  folders: Folders
  /** What the person who starts has set; it wins over every local default. */
  env: Environment
}

export type Folders = Record<'root' | 'database' | 'blobs' | 'bucket' | 'deploy' | 'packages', string> &
  Record<'ledger' | 'secrets' | 'ready', string>

/** What is asked of the local platform cannot be done; the message says what to do. */
export class Refused extends Error {}

const DATABASES = ['DATABASE_URL', 'NETLIFY_DB_URL', 'NETLIFY_DATABASE_URL', 'NEON_SQL_ENDPOINT']

/** Reads PORT and TILL_DATA_DIR. @throws Refused for live keys and for databases that are not on this machine */
export function readSettings(env: Environment): Settings {
  refuseLiveKeys(env)
  refuseDistantDatabases(env)
  const port = readPort(env.PORT?.trim() || '8888')
  const servicesUrl = `http://localhost:${port + 1}`
  return { port, siteUrl: `http://localhost:${port}`, servicesUrl, folders: foldersOf(env.TILL_DATA_DIR), env }
}

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_534) return port
  throw new Refused(`PORT must be a whole number from 1 to 65534 (PORT + 1 serves the local services), not ${text}`)
}

function foldersOf(folder: string | undefined): Folders {
  const root = resolve(folder?.trim() || '.local')
  return {
    root,
    database: join(root, 'database'),
    blobs: join(root, 'blobs'),
    bucket: join(root, 'bucket'),
    deploy: join(root, 'deploy'),
    packages: join(root, 'packages'),
    ledger: join(root, 'ledger.sqlite'),
    secrets: join(root, 'secrets.json'),
    ready: join(root, 'database-is-ready'),
  }
}

/** Real money must not depend on which terminal a command was typed into. */
function refuseLiveKeys(env: Environment): void {
  const live = Object.keys(env).find((name) => /\b[sr]k_live_/.test(env[name] ?? ''))
  if (live)
    throw new Refused(`${live} holds a live Stripe key. Locally only test keys are used: unset it, or set sk_test_…`)
}

function refuseDistantDatabases(env: Environment): void {
  for (const name of DATABASES) {
    const value = env[name]?.trim()
    if (!value || isLoopback(value)) continue
    throw new Refused(`${name} leads to a database that is not on this machine. Unset it for the local database.`)
  }
}

/** True when the environment names a database that a command can reach by itself: with an endpoint, or on another machine. */
export function namesDatabase(env: Environment): boolean {
  const url = DATABASES.slice(0, 3)
    .map((name) => env[name]?.trim())
    .find(Boolean)
  return Boolean(url && (env.NEON_SQL_ENDPOINT?.trim() || !isLoopback(url)))
}

/** True for addresses that stay on this machine; false also for what is no address at all. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname, searchParams } = new URL(url)
  // Postgres addresses can name their host in the query as well, and drivers let that one win.
  if (searchParams.has('host') || searchParams.has('hostaddr')) return false
  return /^(localhost|([a-z0-9-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname)
}
