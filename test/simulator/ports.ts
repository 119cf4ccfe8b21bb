import { randomBytes, randomInt } from 'node:crypto'
import { createMailer } from '../../adapters/resend.ts'
import { createSeal } from '../../adapters/seal.ts'
import { createPayments } from '../../adapters/stripe.ts'
import { createTokens } from '../../adapters/tokens.ts'
import type { App, DigestStore, FileStore, Waker } from '../../shop/app.ts'
import { VendorDown } from '../../shop/errors.ts'
import { CODES, formatCode, formatId } from '../../shop/ids.ts'
import shop from '../../shop.config.ts'
import type { Chance } from './chance.ts'
import type { Timeline } from './timeline.ts'
import { RESEND_BASE, SITE_URL, STRIPE_BASE, WEBHOOK_SECRET } from './vendors.ts'
import type { Weather } from './weather.ts'

/** The ports that all actors of a world share; the database and the log know whose they are. */
export type SharedPorts = Omit<App, 'db' | 'log' | 'later'>

type Means = { timeline: Timeline; chance: Chance; weather: () => Weather; fetch: typeof fetch; waker: Waker }

/** The shop's own adapters in front of the emulators, and memory where the platform keeps things. */
export function createPorts({ timeline, chance, weather, fetch, waker }: Means): SharedPorts {
  return {
    shop,
    siteUrl: SITE_URL,
    payments: createPayments({
      key: 'sk_test_0123456789abcdef',
      apiBase: STRIPE_BASE,
      webhookSecrets: () => [WEBHOOK_SECRET],
      fetch,
    }),
    mailer: createMailer({
      apiKey: 're_test_0123456789',
      baseUrl: RESEND_BASE,
      from: 'North Window <shop@example.com>',
      replyTo: shop.supportEmail,
    }),
    files: { blobs: noFiles('blobs'), s3: noFiles('s3') },
    pictures: noPictures(),
    uploads: noUploads(),
    tokens: realTokens(timeline),
    identity: noIdentity(),
    mailEvents: { verify: () => null },
    waker,
    digests: memoryDigests(chance, weather),
    rejections: memoryRejections(),
    health: memoryHealth(),
    builds: { isSet: false, ask: () => Promise.reject(new Error('nobody builds here')) },
    now: () => new Date(timeline.now()),
    newId: (prefix) => formatId(prefix, randomBytes(16)),
    newCode: () => formatCode(randomInt(CODES)),
    seal: createSeal(() => ['a secret of the simulator, 32 bytes or more']),
    pause: (ms, signal) => pause(timeline, ms, signal),
  }
}

/** No actor of a world downloads or pushes a file. */
function noFiles(name: string): FileStore {
  const refuse = () => Promise.reject(new Error(`nobody uses ${name} here`))
  return { maxBytes: 0, open: refuse, link: refuse, stat: refuse, write: refuse, remove: refuse }
}

/** No actor of a world looks at a picture. */
function noPictures(): App['pictures'] {
  const refuse = () => Promise.reject(new Error('nobody looks at pictures here'))
  return { has: refuse, read: refuse, write: refuse }
}

/** No actor of a world uploads. */
function noUploads(): App['uploads'] {
  const refuse = () => Promise.reject(new Error('nobody uploads here'))
  return { begin: refuse, writePart: refuse, join: refuse, remove: refuse, sweep: refuse }
}

/** No actor of a world signs in. */
function noIdentity(): App['identity'] {
  const refuse = () => Promise.reject(new Error('nobody signs in here'))
  return { findAccount: refuse, removeAccount: refuse }
}

/** A database that sometimes refuses, and sometimes does its work without anybody learning of it. */
export function unreliable(db: App['db'], { chance, weather }: Pick<Means, 'chance' | 'weather'>): App['db'] {
  return async (strings, ...values) => {
    const { refused, answerLost } = weather().database
    if (chance.hits(refused)) throw new VendorDown('database', 'simulated: refused')
    const rows = await db(strings, ...values)
    if (chance.hits(answerLost)) throw new VendorDown('database', 'simulated: the answer was lost')
    return rows as never
  }
}

/** Cryptography runs in threads of its own, so it takes real time. */
function realTokens(timeline: Timeline): App['tokens'] {
  const tokens = createTokens({
    secrets: ['a secret of the simulator, 32 bytes or more'],
    issuer: SITE_URL,
    now: () => new Date(timeline.now()),
    accessDays: shop.links.receiptDays,
  })
  return {
    mintDownload: (...words) => timeline.real(() => tokens.mintDownload(...words)),
    verifyDownload: (...words) => timeline.real(() => tokens.verifyDownload(...words)),
    mintAccess: (...words) => timeline.real(() => tokens.mintAccess(...words)),
    verifyAccess: (...words) => timeline.real(() => tokens.verifyAccess(...words)),
    readExpiredDownload: (...words) => timeline.real(() => tokens.readExpiredDownload(...words)),
    readExpiredAccess: (...words) => timeline.real(() => tokens.readExpiredAccess(...words)),
    mintPortal: (...words) => timeline.real(() => tokens.mintPortal(...words)),
    verifyPortal: (...words) => timeline.real(() => tokens.verifyPortal(...words)),
  }
}

function memoryDigests(chance: Chance, weather: () => Weather): DigestStore {
  const kept = new Map<string, string[]>()
  const mayFail = (probability: number) => {
    if (chance.hits(probability)) throw new VendorDown('storage', 'simulated')
  }
  return {
    read: async (name) => {
      mayFail(weather().marks.refused)
      return kept.get(name) ?? []
    },
    write: async (name, lines) => {
      mayFail(weather().marks.refused)
      kept.set(name, lines)
      mayFail(weather().marks.answerLost)
    },
  }
}

function memoryHealth(): App['health'] {
  const state: Awaited<ReturnType<App['health']['read']>> = { work: null, sweep: null }
  return {
    read: async () => ({ ...state }),
    writeWork: async (work) => void Object.assign(state, { work }),
    writeSweep: async (sweep) => void Object.assign(state, { sweep }),
  }
}

function memoryRejections(): App['rejections'] {
  const times: number[] = []
  return {
    note: async (at, enough) => {
      times.push(at.getTime())
      return times.filter((time) => time > at.getTime() - 300_000).length >= enough
    },
  }
}

function pause(timeline: Timeline, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const planned = timeline.after(ms, resolve)
    signal?.addEventListener('abort', () => {
      planned.cancel()
      reject(signal.reason)
    })
  })
}
