import { randomBytes, randomInt } from 'node:crypto'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import type { App } from '../shop/app.ts'
import { CODES, formatCode, formatId } from '../shop/ids.ts'
import shop from '../shop.config.ts'
import { createBlobFiles } from './blobs.ts'
import { createBuildHook } from './build-hook.ts'
import { type Config, type Environment, readConfig } from './config.ts'
import { createDigestStore } from './digest-store.ts'
import { createHealthStore } from './health-store.ts'
import { createIdentity } from './identity.ts'
import { createLog } from './log.ts'
import { createDatabase } from './neon.ts'
import { createOpenBlobs } from './open-blobs.ts'
import { createPictureStore } from './picture-store.ts'
import { createRejectionLog } from './rejection-log.ts'
import { createMailEvents } from './resend-webhook.ts'
import { createS3Files } from './s3.ts'
import { createSeal } from './seal.ts'
import { createTokens } from './tokens.ts'
import { createUploadStore } from './upload-store.ts'
import { createWaker } from './waker.ts'

export type Surroundings = {
  env?: Environment
  requestId?: string
  /** Keeps the function alive until the promise is settled; the platform's `context.waitUntil`. */
  waitUntil?: (work: Promise<unknown>) => void
  /** Whether nobody waits for the answer, so that Stripe can be asked slowly. */
  isBackground?: boolean
}

/** Vendors whose SDK is most of a bundle: a door that does not speak to them starts twice as fast without. */
type HeavyPorts = Pick<App, 'payments' | 'mailer'>
export type Vendors = {
  [Name in keyof HeavyPorts]?: (config: Config, surroundings: Surroundings) => HeavyPorts[Name]
}

/**
 * Wires the ports for one request. Each is made when it is first used, so a missing key fails what needs it and nothing else.
 * @throws Misconfigured from the getter that needs a missing or malformed variable; TypeError from that of a vendor not given
 */
export function wireApp(surroundings: Surroundings, vendors: Vendors): App {
  const { env = process.env, requestId, waitUntil } = surroundings
  const config = readConfig(env)
  const log = createLog(requestId ? { request_id: requestId } : {})
  const now = () => new Date()
  const openBlobs = createOpenBlobs(config.blobsAccess)
  const ports = lazily({
    siteUrl: () => config.siteUrl,
    db: () => createDatabase(config),
    payments: () => (vendors.payments ?? notGiven('payments'))(config, surroundings),
    mailer: () => (vendors.mailer ?? notGiven('mailer'))(config, surroundings),
    files: () =>
      lazily({
        blobs: () => createBlobFiles({ openBlobs, access: config.blobsAccess }),
        s3: () => createS3Files({ ...config.filesS3, now, pause: wait }),
      }),
    pictures: () => createPictureStore(openBlobs),
    uploads: () => createUploadStore(openBlobs),
    tokens: () =>
      createTokens({ secrets: config.tokenSecrets, issuer: config.siteUrl, now, accessDays: shop.links.receiptDays }),
    identity: () => createIdentity({ siteUrl: config.siteUrl, now }),
    mailEvents: () => createMailEvents(() => config.resendWebhookSecrets),
    waker: () => createWaker({ siteUrl: config.siteUrl, secrets: () => config.pokeSecrets, now, openBlobs }),
    digests: () => createDigestStore(openBlobs),
    builds: () => createBuildHook(() => config.buildHook),
    health: () => createHealthStore(openBlobs),
    rejections: () => createRejectionLog(openBlobs),
  })
  return Object.assign(ports, {
    shop,
    log,
    now,
    newId: (prefix: Parameters<App['newId']>[0]) => formatId(prefix, randomBytes(16)),
    newCode: () => formatCode(randomInt(CODES)),
    seal: createSeal(() => config.tokenSecrets),
    pause: wait,
    later: (what: string, work: Promise<unknown>) => {
      const logged = work.then(ignoreResult, (error: unknown) => log.error(what, error))
      waitUntil?.(logged)
      return logged
    },
  })
}

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return pause(ms, undefined, signal ? { signal } : {})
}

function ignoreResult(): void {}

function notGiven(port: keyof Vendors): never {
  throw new TypeError(`this door was wired without ${port}; its endpoint() must name them`)
}

type Made<Makers extends Record<string, () => unknown>> = { readonly [Name in keyof Makers]: ReturnType<Makers[Name]> }

/** An object whose properties are made when they are first read, and kept. */
function lazily<Makers extends Record<string, () => unknown>>(makers: Makers): Made<Makers> {
  const made = {}
  for (const [name, maker] of Object.entries(makers)) {
    Object.defineProperty(made, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = maker()
        Object.defineProperty(made, name, { value, enumerable: true })
        return value
      },
    })
  }
  return made as Made<Makers>
}
