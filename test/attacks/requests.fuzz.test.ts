import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'

const SEED = 20261123
const RUNS = 80
let platform: TestPlatform

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

/** Names and values that have broken programs before. */
const NASTY = ['__proto__', 'constructor', 'toString', '\0', '\ud800', '\u202e', '../x', "' or 1=1--", '{{7*7}}', '<b>']
const PLAUSIBLE = [
  'items',
  'slug',
  'quantity',
  'seen_unit_amount',
  'session_id',
  'access',
  'email',
  'code',
  'buyer@example.com',
  '123456',
  'book',
  'cs_test_aaaaaaaaaa',
]
const word = fc.oneof(fc.constantFrom(...NASTY, ...PLAUSIBLE), fc.string({ unit: 'binary', maxLength: 30 }))
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(-0, 1e308, 2 ** 53, -1))
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    word,
    number,
    fc.constantFrom(null, true),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(word, tie('json'), { maxKeys: 4 }),
  ),
}))
/** A basket or a reference to an order in which one thing is wrong. */
const nearly = fc.oneof(
  fc.record({ items: fc.array(fc.record({ slug: word, quantity: json }), { maxLength: 3 }) }),
  fc.record({
    items: fc.array(fc.constant({ slug: 'book', quantity: 1 }), { minLength: 1, maxLength: 2 }),
    extra: json,
  }),
  fc.record({ session_id: json }),
  fc.record({ access: json }),
  fc.record({ session_id: fc.constant('cs_test_aaaaaaaaaa'), email: json }),
  fc.record({ session_id: fc.constant('cs_test_aaaaaaaaaa'), code: json }),
)
const bytes = fc.uint8Array({ maxLength: 300 })
const text = fc.oneof(json, nearly).map((value) => JSON.stringify(value))
const body = fc.oneof(
  text,
  bytes,
  fc.nat(12_000).map((depth) => '['.repeat(depth)),
)

async function expectRefused(answer: Response): Promise<void> {
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await answer.text()).not.toMatch(/\.ts:\d|node_modules|\bat async\b|postgres/)
}

async function expectNothingWritten(): Promise<void> {
  await platform.store.settled()
  // That many deliveries are refused is itself told to the seller, once a day, and by nothing that the stranger sent.
  const counts = ['jobs', 'orders', 'emails', 'checkouts', 'downloads', 'access_codes'].map(
    (table) => `(select count(*) from ${table} t where t::text not like '%seller_rejected_deliveries%')`,
  )
  expect(await platform.rows(`select ${counts.join(' + ')} as rows`)).toEqual([{ rows: 0 }])
}

const checkAll = (property: fc.IAsyncPropertyWithHooks<[Uint8Array | string]>) =>
  fc.assert(property, { seed: SEED, numRuns: RUNS })

describe('hostile requests', () => {
  it.each(['/create_checkout_session', '/get_entitlements', '/send_access_code', '/redeem_access_code'])(
    'POST %s refuses them and writes nothing',
    async (path) => {
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
      const send = async (hostile: Uint8Array | string) =>
        expectRefused(await fetch(platform.siteUrl + path, { method: 'POST', headers, body: Buffer.from(hostile) }))
      await checkAll(fc.asyncProperty(body, send))
      await expectNothingWritten()
    },
  )

  it('POST /stripe_webhook refuses every body and signature that Stripe did not make', async () => {
    const part = fc.oneof(
      fc.constantFrom('t=1', 't=', 'v1=', `v1=${'0'.repeat(64)}`, 'v0=1', `t=${2 ** 40}`, '__proto__=1'),
    )
    const signature = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(','))
    const now = fc.constant(`t=${Math.floor(Date.now() / 1000)},v1=${'a'.repeat(64)}`)
    const send = async (hostile: Uint8Array | string, signed: string) => {
      const headers = { 'stripe-signature': signed }
      const request = { method: 'POST', headers, body: Buffer.from(hostile) }
      await expectRefused(await fetch(`${platform.siteUrl}/stripe_webhook`, request))
    }
    await fc.assert(fc.asyncProperty(body, fc.oneof(signature, now), send), { seed: SEED, numRuns: RUNS })
    await expectNothingWritten()
  })

  it('GET /go and /download refuse every path and query that is not ours', async () => {
    const unknown = word.filter((slug) => slug !== 'book').map((slug) => encodeURIComponent(slug.toWellFormed()))
    const where = fc.oneof(
      unknown.map((slug) => `/go/${slug || '%20'}`),
      unknown.map((token) => `/download?token=${token}`),
      fc.tuple(unknown, unknown).map(([name, value]) => `/download?${name}=${value}&token=a&token=b`),
    )
    const send = async (path: string) => expectRefused(await fetch(platform.siteUrl + path, { redirect: 'manual' }))
    await fc.assert(fc.asyncProperty(where, send), { seed: SEED, numRuns: RUNS })
    await expectNothingWritten()
  })
})
