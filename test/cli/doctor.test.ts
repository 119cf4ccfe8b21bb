import process from 'node:process'
import { setEnvironmentContext } from '@netlify/blobs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../adapters/config.ts'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { MAIL_CHECK } from '../../cli/commands/doctor/check-mail.ts'
import {
  BUILDS_CHECK,
  HEALTH_CHECK,
  IDENTITY_CHECK,
  ROUTES_CHECK,
  WORKER_CHECK,
} from '../../cli/commands/doctor/check-site.ts'
import { BLOBS_CHECK, BUCKET_CHECK, DATABASE_CHECK, LINKS_CHECK } from '../../cli/commands/doctor/check-stores.ts'
import { SECRET_CHECK, STRIPE_CHECK, WEBHOOK_CHECK } from '../../cli/commands/doctor/check-stripe.ts'
import { KEYS_CHECK, VARIABLES_CHECK } from '../../cli/commands/doctor/check-variables.ts'
import type { Check, Finding } from '../../cli/commands/doctor/finding.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { putDomain } from '../../local/mail/domain-routes.ts'
import { EVENT_TYPES } from '../../shop/payments/event-types.ts'
import { sweepJobs } from '../../workers/sweep-jobs.ts'
import { answeringServer } from '../adapters/answering-server.ts'
import { openStage, type Stage } from '../reconcile/stage.ts'
import { expectErrors } from '../support/quiet.ts'
import { paperTerminal } from './paper-terminal.ts'

let stage: Stage
let healthy: NodeJS.ProcessEnv
const EVENTS = Object.keys(EVENT_TYPES) as 'charge.refunded'[]

beforeAll(async () => {
  stage = await openStage()
  // The demo has one that leads elsewhere on purpose.
  await stage.rows("delete from products where slug = 'evil'")
  await stage.rows("delete from jobs where kind = 'build_site'")
  healthy = { ...process.env }
})
afterAll(() => stage.close())
beforeEach(async () => {
  for (const { id } of (await stage.sdk.webhookEndpoints.list({ limit: 100 })).data)
    await stage.sdk.webhookEndpoints.del(id)
  await addEndpoint({})
  putDomain(stage.ledger, 'example.com', 'verified')
  await sweepJobs(stage.app())
})
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in healthy)) delete process.env[name]
  Object.assign(process.env, healthy)
  stage.store.state.identity = 'up'
  stage.store.state.pokeStatus = 202
})

const addEndpoint = ({
  url = `${stage.siteUrl}/stripe_webhook`,
  events = EVENTS,
}: {
  url?: string
  events?: string[]
}) => stage.sdk.webhookEndpoints.create({ url, enabled_events: events as 'charge.refunded'[] })

/** What a check finds with these variables instead of the healthy ones. */
async function examine(check: Check, change: Record<string, string | undefined> = {}): Promise<Finding[]> {
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  const env = { ...process.env }
  return check.run({ app: stage.app(), env, config: readConfig(env) })
}

const HEALTHY: Check[] = [
  VARIABLES_CHECK,
  KEYS_CHECK,
  STRIPE_CHECK,
  WEBHOOK_CHECK,
  SECRET_CHECK,
  MAIL_CHECK,
  DATABASE_CHECK,
  BLOBS_CHECK,
  BUCKET_CHECK,
  IDENTITY_CHECK,
  LINKS_CHECK,
  ROUTES_CHECK,
  WORKER_CHECK,
  HEALTH_CHECK,
]

describe('the doctor', () => {
  it.each(HEALTHY.map((check) => [check.name, check] as const))(
    'finds nothing wrong with a shop that is well: %s',
    async (_name, check) => {
      const found = await examine(check)
      expect(found.length).toBeGreaterThan(0)
      expect(found.filter(({ outcome }) => outcome !== 'ok')).toEqual([])
    },
  )

  type Change = Record<string, string | undefined>
  type Case = [
    what: string,
    check: Check,
    arrange: () => Change | Promise<Change> | Promise<unknown>,
    outcome: 'warn' | 'fail',
    says: RegExp,
  ]
  const live = { STRIPE_SECRET_KEY: 'sk_live_0123456789', SITE_URL: 'https://shop.example.com' }
  const CASES: Case[] = [
    [
      'a variable that is missing',
      VARIABLES_CHECK,
      () => ({ JOB_POKE_SECRET: undefined }),
      'fail',
      /^JOB_POKE_SECRET is not set/,
    ],
    [
      'a secret that is too short',
      VARIABLES_CHECK,
      () => ({ DOWNLOAD_TOKEN_SECRET: 'short' }),
      'fail',
      /^DOWNLOAD_TOKEN_SECRET must hold/,
    ],
    ['half a bucket', VARIABLES_CHECK, () => ({ FILES_S3_BUCKET: undefined }), 'fail', /^FILES_S3_BUCKET is not set/],
    [
      'an address without https',
      VARIABLES_CHECK,
      () => ({ SITE_URL: 'http://shop.example.com' }),
      'fail',
      /without https/,
    ],
    [
      'one secret for two things',
      VARIABLES_CHECK,
      () => ({ JOB_POKE_SECRET: process.env.DOWNLOAD_TOKEN_SECRET }),
      'warn',
      /are the same/,
    ],
    ['a key that may do everything', KEYS_CHECK, () => live, 'warn', /may do everything/],
    [
      'a test key in a deployed shop',
      KEYS_CHECK,
      () => ({ SITE_URL: 'https://shop.example.com' }),
      'warn',
      /for tests/,
    ],
    [
      'a live key on this machine',
      KEYS_CHECK,
      () => ({ STRIPE_SECRET_KEY: 'rk_live_0123456789' }),
      'fail',
      /live Stripe key/,
    ],
    ['Stripe down', STRIPE_CHECK, () => ({ STRIPE_API_BASE: 'http://127.0.0.1:1' }), 'fail', /does not answer/],
    ['no endpoint', WEBHOOK_CHECK, removeEndpoints, 'fail', /^Nothing delivers/],
    [
      'an endpoint of another address',
      WEBHOOK_CHECK,
      () => replaceEndpoint({ url: 'https://old.example.com/stripe_webhook' }),
      'fail',
      /^Nothing delivers/,
    ],
    ['an endpoint that is there twice', WEBHOOK_CHECK, () => addEndpoint({}), 'fail', /^2 endpoints/],
    [
      'an endpoint without some events',
      WEBHOOK_CHECK,
      () => replaceEndpoint({ events: EVENTS.slice(2) }),
      'fail',
      /does not listen to checkout\.session\.completed, /,
    ],
    ['an endpoint with all events', WEBHOOK_CHECK, () => replaceEndpoint({ events: ['*'] }), 'warn', /more events/],
    ['an endpoint that is off', WEBHOOK_CHECK, switchOff, 'fail', /switched off/],
    ['another secret than the shop’s', SECRET_CHECK, () => ({}), 'fail', /turns a delivery/],
    ['a shop that is not there', SECRET_CHECK, () => ({ SITE_URL: 'http://127.0.0.1:1' }), 'fail', /does not answer/],
    [
      'a domain that is not verified',
      MAIL_CHECK,
      () => putDomain(stage.ledger, 'example.com', 'pending') as unknown as Change,
      'fail',
      /not verified example.com: pending/,
    ],
    [
      'a sender of another domain',
      MAIL_CHECK,
      () => ({ EMAIL_FROM: 'A <a@elsewhere.example>' }),
      'fail',
      /does not know the domain elsewhere.example/,
    ],
    [
      'a key that Resend does not take',
      MAIL_CHECK,
      () => ({ RESEND_API_KEY: 're-wrong' }),
      'fail',
      /RESEND_API_KEY is malformed|does not take/,
    ],
    ['Resend down', MAIL_CHECK, () => ({ RESEND_BASE_URL: 'http://127.0.0.1:1' }), 'fail', /does not answer/],
    [
      'a database that is down',
      DATABASE_CHECK,
      () => ({ NEON_SQL_ENDPOINT: 'http://127.0.0.1:1/sql' }),
      'fail',
      /does not answer/,
    ],
    [
      'a bucket that our key does not open',
      BUCKET_CHECK,
      () => ({ FILES_S3_SECRET_ACCESS_KEY: 'not-the-one-it-was-made-with' }),
      'fail',
      /does not open to our key/,
    ],
    ['Identity that takes every address', IDENTITY_CHECK, () => setIdentity('autoconfirm'), 'fail', /without a mail/],
    ['Identity down', IDENTITY_CHECK, () => setIdentity('down'), 'fail', /answers 502/],
    ['a worker that does not come', WORKER_CHECK, () => setPoke(500), 'fail', /No worker comes/],
    ['no build hook', BUILDS_CHECK, () => ({ NETLIFY_BUILD_HOOK_URL: undefined }), 'warn', /is not set/],
    [
      'a build hook that was never used',
      BUILDS_CHECK,
      () => ({ NETLIFY_BUILD_HOOK_URL: 'https://api.netlify.com/build_hooks/x' }),
      'warn',
      /never used/,
    ],
    [
      'a shop without functions',
      ROUTES_CHECK,
      () => ({ SITE_URL: 'http://127.0.0.1:1' }),
      'fail',
      /does not answer at/,
    ],
    ['a shop that is not well', HEALTH_CHECK, () => ({ SITE_URL: 'http://127.0.0.1:1' }), 'fail', /does not answer/],
  ]

  it.each(CASES)('finds %s', async (what, check, arrange, outcome, says) => {
    if (what.includes('Identity') || what.includes('worker')) expectErrors()
    const change = ((await arrange()) ?? {}) as Change
    const isPlain = Object.values(change).every((value) => value === undefined || typeof value === 'string')
    const found = await (what.startsWith('another secret')
      ? withSecret('whsec_another_secret_of_32_characters_or_more')
      : examineSafely(check, isPlain && !('object' in change) ? change : {}))
    const meant = found.filter((finding) => finding.outcome === outcome)
    expect(meant.map((finding) => finding.what).join('\n')).toMatch(says)
    for (const finding of found) expect(Boolean(finding.remedy)).toBe(finding.outcome !== 'ok')
    expect(JSON.stringify(found)).not.toContain('0123456789abcdef0123456789abcdef')
  })

  /** What a check throws is a finding of the command. */
  async function examineSafely(check: Check, change: Change): Promise<Finding[]> {
    try {
      return await examine(check, change)
    } catch (error) {
      return [{ outcome: 'fail', what: (error as Error).message, remedy: 'see above' }]
    }
  }

  /** The shop keeps its own secret; only we have another. */
  function withSecret(secret: string): Promise<Finding[]> {
    const env = { ...process.env, STRIPE_WEBHOOK_SECRET: secret }
    return SECRET_CHECK.run({ app: stage.app(), env, config: readConfig(env) })
  }

  it('finds a link that is not lawful', async () => {
    await stage.rows(
      "update products set affiliate_url = 'https://www.amazon.com/dp/B000000001?tag=another-20' where slug = 'tool'",
    )
    expect(await examine(LINKS_CHECK)).toMatchObject([{ outcome: 'fail', what: expect.stringMatching(/^tool: /) }])
    await stage.rows(
      "update products set affiliate_url = 'https://www.amazon.com/dp/B000000001?tag=tillexample-20' where slug = 'tool'",
    )
  })

  it('finds a database that was not migrated', async () => {
    await stage.rows("delete from migrations where name = '0013_operations.sql'")
    expect(await examine(DATABASE_CHECK)).toMatchObject([
      { outcome: 'fail', what: expect.stringContaining('lacks 0013_operations.sql') },
    ])
    await stage.rows("insert into migrations (name, checksum) values ('0013_operations.sql', '')")
  })

  it('finds Blobs that cannot be written', async () => {
    await using down = await answeringServer({ status: 403, body: '' })
    const url = { edgeURL: down.origin, uncachedEdgeURL: down.origin }
    setEnvironmentContext({ siteID: 'test', token: 'x', deployID: 'test', primaryRegion: 'us-east-2', ...url })
    expect(await examine(BLOBS_CHECK)).toMatchObject([{ outcome: 'fail' }])
  })

  it('finds a bucket that is open to everybody', async () => {
    await using open = await answeringServer({ status: 200, body: '<ListBucketResult/>' })
    const found = await examine(BUCKET_CHECK, { FILES_S3_ENDPOINT: open.origin })
    expect(found).toContainEqual(expect.objectContaining({ outcome: 'fail', what: 'The bucket is open to everybody' }))
  })

  it('finds a clock that is wrong', async () => {
    const wrong = {
      status: 200,
      body: { data: [], has_more: false },
      headers: { date: new Date(Date.now() - 400_000).toUTCString() },
    }
    await using stripe = await answeringServer(wrong)
    expect(await examine(STRIPE_CHECK, { STRIPE_API_BASE: stripe.origin })).toContainEqual(
      expect.objectContaining({
        outcome: 'fail',
        what: expect.stringMatching(/^The clock is 400|^The clock is 40\d s/),
      }),
    )
  })

  it('finds a key that Stripe does not take', async () => {
    await using refusing = await answeringServer({ status: 401, body: {} })
    expect(await examine(STRIPE_CHECK, { STRIPE_API_BASE: refusing.origin })).toContainEqual(
      expect.objectContaining({ outcome: 'fail', what: 'Stripe does not take the key' }),
    )
  })

  it('finds a permission that the key lacks, and an API version that is another', async () => {
    await using refusing = await answeringServer({ status: 403, body: {} })
    expect(await examine(STRIPE_CHECK, { STRIPE_API_BASE: refusing.origin })).toContainEqual(
      expect.objectContaining({ outcome: 'fail', what: 'The key lacks a permission: Disputes' }),
    )
    expect(await examine(WEBHOOK_CHECK, { STRIPE_API_BASE: refusing.origin })).toMatchObject([{ outcome: 'warn' }])
    const old = {
      id: 'we_1',
      url: `${stage.siteUrl}/stripe_webhook`,
      status: 'enabled',
      enabled_events: EVENTS,
      api_version: '2020-08-27',
    }
    await using listing = await answeringServer({ status: 200, body: { data: [old], has_more: false } })
    expect(await examine(WEBHOOK_CHECK, { STRIPE_API_BASE: listing.origin })).toContainEqual(
      expect.objectContaining({ outcome: 'fail', what: expect.stringContaining('2020-08-27') }),
    )
  })

  it('takes a key of Resend’s that may only send for what it should be', async () => {
    await using resend = await answeringServer({ status: 401, body: { name: 'restricted_api_key' } })
    expect(await examine(MAIL_CHECK, { RESEND_BASE_URL: resend.origin })).toMatchObject([{ outcome: 'warn' }])
  })

  it('is a command: a table or JSON, 1 when something failed, and nothing written that stays', async () => {
    expectErrors()
    const till = async (line: string) => {
      const paper = paperTerminal()
      const connect: Parameters<typeof runTill>[1]['connect'] = (work) =>
        work({ app: stage.app(), folder: '', env: { ...process.env } })
      const code = await runTill(line.split(' '), { commands: COMMANDS, terminal: paper.terminal, connect })
      return { code, out: paper.out.join('\n') }
    }
    const before = await stage.rows('select count(*) from jobs')
    const asJson = await till('doctor --json')
    const checks = JSON.parse(asJson.out) as { check: string; findings: Finding[] }[]
    expect(checks).toHaveLength(15)
    await removeEndpoints()
    const { code, out } = await till('doctor')
    expect(code).toBe(1)
    expect(out).toMatch(/ FAIL {2}webhook: Nothing delivers/)
    expect(out).toContain('→ Add it: Stripe → Developers → Webhooks')
    expect(out).toMatch(/\d+ ok, \d+ warnings, \d+ failures$/)
    expect(await stage.rows('select count(*) from jobs')).toEqual(before)
  })
})

async function removeEndpoints(): Promise<void> {
  for (const { id } of (await stage.sdk.webhookEndpoints.list({ limit: 100 })).data)
    await stage.sdk.webhookEndpoints.del(id)
}

async function replaceEndpoint(wish: Parameters<typeof addEndpoint>[0]) {
  await removeEndpoints()
  return addEndpoint(wish)
}

async function switchOff(): Promise<void> {
  for (const { id } of (await stage.sdk.webhookEndpoints.list({ limit: 100 })).data)
    await stage.sdk.webhookEndpoints.update(id, { disabled: true })
}

async function setIdentity(state: typeof stage.store.state.identity): Promise<void> {
  stage.store.state.identity = state
}

async function setPoke(status: number): Promise<void> {
  stage.store.state.pokeStatus = status
}
