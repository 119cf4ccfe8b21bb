import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { type HttpBindings, serve } from '@hono/node-server'
import { setEnvironmentContext } from '@netlify/blobs'
import { BlobsServer } from '@netlify/blobs/server'
import { Hono } from 'hono'
import { createApp } from '../../adapters/create-app.ts'
import { createFaults } from '../../local/faults.ts'
import { faulty } from '../../local/faulty.ts'
import { createIdentityEmulator } from '../../local/identity/identity-emulator.ts'
import { openLedger } from '../../local/ledger.ts'
import { createMailEmulator } from '../../local/mail/mail-emulator.ts'
import { createS3 } from '../../local/s3/create-s3.ts'
import { LOCAL_BUCKET, LOCAL_BUCKET_PATH, localBucketKey, localBucketSettings } from '../../local/s3/local-bucket.ts'
import { createStats } from '../../local/stats.ts'
import { createStripeEmulator } from '../../local/stripe/create-stripe-emulator.ts'
import { HANDLERS } from '../../workers/registry.ts'
import { runWorker } from '../../workers/runtime/run-worker.ts'
import { createTestDatabase } from './database.ts'
import { createDispatcher } from './dispatcher.ts'

export const WEBHOOK_SECRET = 'whsec_test_0123456789abcdef0123456789abcdef'
export const MAIL_WEBHOOK_SECRET = `whsec_${Buffer.from('what only Resend and the shop know').toString('base64')}`

export type TestPlatform = Awaited<ReturnType<typeof startPlatform>>

/**
 * The whole of Till in one process for a test: the functions behind a real HTTP server, every vendor's emulator, PGlite behind the real
 * Neon driver, and Blobs. Nothing happens by itself: a test delivers events and lets the worker work when it wants to.
 */
export async function startPlatform() {
  const folder = await mkdtemp(join(tmpdir(), 'till-test-'))
  const database = await createTestDatabase()
  const ledger = openLedger(':memory:')
  const faults = createFaults()
  const stats = createStats()
  const store = createDispatcher()
  const storeServer = await listen(store.routes)
  const siteUrl = originOf(storeServer)
  const mail = createMailEmulator({ ledger, requestsPerSecond: 1_000 })
  const identity = createIdentityEmulator({ ledger, siteUrl, mail })
  store.serveIdentity(identity)
  const services = new Hono<{ Bindings: HttpBindings }>()
  const servicesServer = await listen(services)
  const servicesUrl = originOf(servicesServer)
  let ahead = 0
  const stripe = createStripeEmulator({
    ledger,
    servicesUrl,
    faults,
    now: () => Date.now() / 1000 + ahead,
    webhook: { url: `${siteUrl}/stripe_webhook`, secret: WEBHOOK_SECRET },
  })
  const key = localBucketKey('a-secret-of-this-test-only')
  const s3 = createS3({
    folder: join(folder, 'bucket'),
    bucket: LOCAL_BUCKET,
    key,
    faults,
    basePath: LOCAL_BUCKET_PATH,
  })
  services.route('/', s3.routes)
  services.use('/v1/*', stats.counted('stripe'), faulty(faults, 'stripe'))
  services.use('/emails', stats.counted('emails'), faulty(faults, 'resend'))
  services.route('/', stripe.routes).route('/', mail.routes).route('/', stats.routes)
  const blobs = new BlobsServer({ directory: join(folder, 'blobs'), token: 'test-token' })
  const { port } = await blobs.start()
  const edgeURL = `http://localhost:${port}`
  setEnvironmentContext({
    siteID: 'test',
    token: 'test-token',
    edgeURL,
    uncachedEdgeURL: edgeURL,
    deployID: 'test',
    primaryRegion: 'us-east-2',
  })
  Object.assign(process.env, {
    SITE_URL: siteUrl,
    NETLIFY_DATABASE_URL: database.connectionString,
    NEON_SQL_ENDPOINT: database.endpoint,
    STRIPE_SECRET_KEY: 'sk_test_0123456789abcdef',
    STRIPE_API_BASE: servicesUrl,
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    RESEND_API_KEY: 're_test_0123456789',
    RESEND_BASE_URL: servicesUrl,
    RESEND_WEBHOOK_SECRET: MAIL_WEBHOOK_SECRET,
    EMAIL_FROM: 'North Window <shop@example.com>',
    DOWNLOAD_TOKEN_SECRET: randomBytes(32).toString('base64'),
    JOB_POKE_SECRET: randomBytes(32).toString('base64'),
    ...localBucketSettings(servicesUrl, key),
  })
  return {
    siteUrl,
    servicesUrl,
    /** Where Netlify Blobs are. */
    blobsUrl: edgeURL,
    faults,
    stripe,
    identity,
    /** The bucket, and what it was asked for. */
    s3,
    /** What the emulators know. */
    ledger,
    store,
    pglite: database.pglite,
    app: () => telling(createApp()),
    rows: async <Row>(sql: string, params: unknown[] = []) => (await database.pglite.query<Row>(sql, params)).rows,
    mails: async () => (await (await fetch(`${servicesUrl}/mail.json`)).json()) as Mail[],
    /** Lets this many seconds pass at Stripe, and delivers what they bring. */
    async pass(seconds: number) {
      ahead += seconds
      await stripe.settleDue()
      await stripe.deliverDue()
    },
    /** Lets one worker work until nothing is due. */
    work: () =>
      runWorker(impatient(telling(createApp())), HANDLERS, {
        batch: 10,
        leaseSeconds: 60,
        budgetSeconds: 30,
        holder: randomBytes(8).toString('hex'),
      }),
    async close() {
      await store.settled()
      await stripe.stop()
      await mail.stop()
      await Promise.all([stop(storeServer), stop(servicesServer), blobs.stop()])
      await database.close()
      ledger.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Mail = {
  id: string
  to: string[]
  subject: string
  html: string
  text: string
  idempotency_key: string | null
}

async function listen(routes: Hono<{ Bindings: HttpBindings }> | Hono): Promise<Server> {
  const server = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  if (!server.listening) await once(server, 'listening')
  return server
}

function originOf(server: Server): string {
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

/** Each notice is a mail of its own: what comes in one mail is a test of its own. */
function telling(app: ReturnType<typeof createApp>): ReturnType<typeof createApp> {
  return Object.assign(app, { shop: { ...app.shop, notices: { ...app.shop.notices, digestMinutes: 0 } } })
}

/** Mails are sent half a second apart, which a test need not sit through. */
function impatient(app: ReturnType<typeof createApp>): ReturnType<typeof createApp> {
  return Object.assign(app, {
    // A pause with a signal is a limit or a heartbeat, which no test waits for.
    pause: (_ms: number, signal?: AbortSignal) =>
      signal ? new Promise<void>((_, reject) => signal.addEventListener('abort', reject)) : Promise.resolve(),
  })
}
