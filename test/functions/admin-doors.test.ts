import { readdirSync } from 'node:fs'
import { getStore } from '@netlify/blobs'
import { SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { giveRoles, signInAsAdmin } from '../support/admin.ts'
import { addDemoProducts, BOOK } from '../support/demo-products.ts'
import { ADMIN_FUNCTIONS } from '../support/dispatcher.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { sell, signIn, unconfirm } from '../support/portal.ts'
import { expectErrors } from '../support/quiet.ts'
import { postAs } from '../support/sale.ts'

let platform: TestPlatform
let order: Awaited<ReturnType<typeof sell>>
beforeAll(async () => {
  platform = await startPlatform()
  // A worker would call it; nobody works here.
  process.env.NETLIFY_BUILD_HOOK_URL = `${platform.servicesUrl}/build_hooks/test`
  await addDemoProducts(platform)
  await getStore('product-images').set(PICTURE.sha256, PICTURE.bytes)
  order = await sell(platform, 'buyer@example.com')
})
afterAll(() => {
  delete process.env.NETLIFY_BUILD_HOOK_URL
  return platform.close()
})
afterEach(() => {
  platform.store.state.identity = 'up'
})

/** Every door of the seller's pages: its file's name is its address. */
const DOORS = readdirSync(new URL('../../functions/', import.meta.url))
  .filter((name) => name.startsWith('admin_'))
  .map((name) => `/${name.replace('.ts', '')}`)

/** One white pixel; its name does not matter to the store. */
const PICTURE = {
  sha256: 'a'.repeat(64),
  bytes: new Blob([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
      'base64',
    ),
  ]),
}

/** A question that a signed-in admin would get an answer to, where an empty one is not enough. */
const BODIES: Record<string, () => object | string> = {
  '/admin_today': () => ({ days: 7 }),
  '/admin_order': () => ({ order_id: order.orderId }),
  '/admin_change_order': () => ({ order_id: order.orderId, item_id: order.itemId, action: 'restore' }),
  '/admin_refund': () => ({ order_id: order.orderId, request_id: 'rfq_test', wish: { amount: 1 }, seen: 0 }),
  '/admin_redrive': () => ({ id: 'all' }),
  '/admin_reconcile': () => ({ days: 7, place: null }),
  '/admin_product': () => ({ product_id: 'prd_book' }),
  '/admin_save_product': () => ({ product_id: 'prd_book', version: 1, fields: { title: 'A Book & More' } }),
  '/admin_change_product': () => ({ product_id: 'prd_gone', version: 1, action: 'retire' }),
  '/admin_change_file': () => ({ file_id: 'fil_prd_gone', action: 'restore' }),
  '/admin_picture': () => ({ sha256: PICTURE.sha256 }),
  '/admin_upload': () => ({ sha256: BOOK.sha256, size_bytes: BOOK.bytes.length }),
  '/admin_upload_part': () => 'abc',
  '/admin_finish_upload': () => ({
    ...{ sha256: BOOK.sha256, size_bytes: BOOK.bytes.length, use: 'file', product_id: 'prd_book' },
    ...{ slot: 'main', filename: BOOK.filename, changelog: '' },
  }),
  '/admin_sync': () => ({ order_id: order.orderId }),
}
/** What stands behind the address of a door. */
const QUERIES: Record<string, string> = { '/admin_upload_part': `?sha256=${BOOK.sha256}&size=3&part=1` }
const question = (door: string) => BODIES[door]?.() ?? {}

const knock = (door: string, headers: Record<string, string>) =>
  postAs(platform, `${door}${QUERIES[door] ?? ''}`, question(door), headers)

/** What no answer to a stranger may hold. */
async function expectNothing(answer: Response, status: number): Promise<void> {
  const text = await answer.text()
  expect(answer.status, text).toBe(status)
  for (const secret of [order.orderId, order.itemId, order.sessionId, 'buyer@example.com', '1900', 'A Book'])
    expect(text).not.toContain(secret)
  expect(answer.headers.get('cache-control')).toContain('no-store')
}

/** What everything that an admin could change looks like. */
async function everything(): Promise<unknown> {
  const tables = [
    'orders',
    'order_items',
    'order_changes',
    'refund_requests',
    'emails',
    'jobs',
    'products',
    'product_files',
  ]
  return Promise.all(tables.map((table) => platform.rows(`select * from ${table} order by 1`)))
}

const forged = (alg: string, key: Uint8Array, claims = {}) =>
  new SignJWT({
    sub: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
    email: 'seller@example.com',
    exp: 4_102_444_800,
    ...claims,
  })
    .setProtectedHeader({ alg, typ: 'JWT', kid: 'nf-ident' })
    .sign(key)
const ROLES = { app_metadata: { roles: ['admin'] }, user_metadata: { roles: ['admin'] } }
const strangersKey = new TextEncoder().encode('a key that is not of this site, 32 bytes')
const unsigned = () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: '1', exp: 4_102_444_800, ...ROLES })}.`
}

describe('the doors of the seller', () => {
  it('are at least those that there must be', () => {
    expect(DOORS).toContain('/admin_today')
  })

  it('are where the names of their files say', () => {
    expect(ADMIN_FUNCTIONS.map(({ config }) => config.path).sort()).toEqual(DOORS.toSorted())
  })
})

describe.each(DOORS)('%s', (door) => {
  it('does not know nobody', async () => {
    const before = await everything()
    await expectNothing(await knock(door, {}), 401)
    expect(await everything()).toEqual(before)
  })

  it('does not believe a cookie that somebody made', async () => {
    const before = await everything()
    const tokens = ['garbage', 'a.b.c', unsigned(), await forged('HS256', strangersKey, ROLES)]
    for (const token of tokens) await expectNothing(await knock(door, { cookie: `nf_jwt=${token}` }), 401)
    await expectNothing(await knock(door, { cookie: `__Host-portal=pse_${'0'.repeat(26)}` }), 401)
    await expectNothing(
      await knock(door, { authorization: `Bearer ${await forged('HS256', strangersKey, ROLES)}` }),
      401,
    )
    expect(await everything()).toEqual(before)
  })

  it('turns a buyer away who is signed in, whatever roles the account gives itself', async () => {
    const email = `buyer-at-${door.slice(1)}@example.com`
    const cookie = await signIn(platform, email)
    const before = await everything()
    await expectNothing(await knock(door, { cookie }), 403)
    const data = JSON.stringify({ data: { roles: ['admin'] } })
    const token = cookie.replace('nf_jwt=', '')
    const changed = await fetch(`${platform.siteUrl}/.netlify/identity/user`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: data,
    })
    expect(changed.status).toBe(200)
    for (const roles of [undefined, [], 'admin', ['Admin'], ['administrator'], { 0: 'admin' }]) {
      giveRoles(platform, email, roles)
      await expectNothing(await knock(door, { cookie }), 403)
    }
    expect(await everything()).toEqual(before)
  })

  it('is shut while Identity is down, or something else is in its place', async () => {
    const logged = expectErrors()
    const cookie = await signInAsAdmin(platform, `seller-at-${door.slice(1)}@example.com`)
    const before = await everything()
    for (const state of ['down', 'html'] as const) {
      platform.store.state.identity = state
      await expectNothing(await knock(door, { cookie }), 503)
    }
    expect(await everything()).toEqual(before)
    expect(logged).toHaveLength(2)
  })

  it('is shut at once for whoever has lost the role, the confirmation or the account', async () => {
    const email = `left-${door.slice(1)}@example.com`
    const cookie = await signInAsAdmin(platform, email)
    giveRoles(platform, email, [])
    await expectNothing(await knock(door, { cookie }), 403)
    giveRoles(platform, email, ['admin'])
    unconfirm(platform, email)
    await expectNothing(await knock(door, { cookie }), 403)
  })

  it('hears no other site, also in the name of an admin', async () => {
    const cookie = await signInAsAdmin(platform, `seller-elsewhere-${door.slice(1)}@example.com`)
    const before = await everything()
    const origins = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ]
    for (const origin of origins) await expectNothing(await knock(door, { cookie, ...origin }), 403)
    const bare = await fetch(`${platform.siteUrl}${door}`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example' },
      body: '{}',
    })
    await expectNothing(bare, 403)
    const got = await fetch(`${platform.siteUrl}${door}`, { headers: { cookie } })
    expect([403, 405]).toContain(got.status)
    expect(await everything()).toEqual(before)
  })

  it('opens to an admin', async () => {
    const cookie = await signInAsAdmin(platform, `seller-of-${door.slice(1)}@example.com`)
    const answer = await knock(door, { cookie })
    expect(answer.status, await answer.clone().text()).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })
})
