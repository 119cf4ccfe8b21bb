import { describe, expect, it } from 'vitest'
import { createIdentity } from '../../adapters/identity.ts'
import { Misconfigured, VendorDown } from '../../shop/errors.ts'
import { answeringServer, type Reply } from './answering-server.ts'

const SESSION = 'header.payload.signature'
const USER = {
  id: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
  email: 'Ada@Example.com',
  confirmed_at: '2026-01-01T00:00:00Z',
}

/** Identity as a site has it: one address for who somebody is, one for how the site is set up. */
async function site(user: Reply, settings: Reply = { status: 200, body: { autoconfirm: false } }) {
  const [people, setup] = [await answeringServer(user), await answeringServer(settings)]
  let at = Date.now()
  const original = globalThis.fetch
  const identity = createIdentity({ siteUrl: people.origin, now: () => new Date(at) })
  const find = async (session = SESSION) => {
    globalThis.fetch = (url, init) =>
      original(String(url).endsWith('/settings') ? `${setup.origin}/settings` : (url as string), init)
    try {
      return await identity.findAccount(session)
    } finally {
      globalThis.fetch = original
    }
  }
  return {
    find,
    people,
    setup,
    pass: (seconds: number) => {
      at += seconds * 1000
    },
    async [Symbol.asyncDispose]() {
      await people[Symbol.asyncDispose]()
      await setup[Symbol.asyncDispose]()
    },
  }
}

describe('findAccount', () => {
  it('asks Identity with the visitor’s own token', async () => {
    await using shop = await site({ status: 200, body: USER })
    expect(await shop.find()).toEqual({ id: USER.id, email: 'Ada@Example.com', isConfirmed: true, roles: [] })
    expect(shop.people.requests[0]?.authorization).toBe(`Bearer ${SESSION}`)
  })

  it.each([undefined, null, '', 7, true])('takes %j for no confirmation', async (confirmed_at) => {
    await using shop = await site({ status: 200, body: { ...USER, confirmed_at } })
    expect(await shop.find()).toMatchObject({ isConfirmed: false })
  })

  it.each([
    [{ app_metadata: { roles: ['admin', 7, null] } }, ['admin']],
    [{ app_metadata: { roles: 'admin' } }, []],
    [{ app_metadata: 'admin' }, []],
    [{ app_metadata: null, roles: ['admin'], role: 'admin', user_metadata: { roles: ['admin'] } }, []],
  ])('takes roles from where only the seller can write them: %j', async (fields, roles) => {
    await using shop = await site({ status: 200, body: { ...USER, ...fields } })
    expect(await shop.find()).toMatchObject({ roles })
  })

  it.each([400, 401, 403, 404])('is nobody when Identity says %i', async (status) => {
    await using shop = await site({ status, body: { code: status, msg: 'no' } })
    expect(await shop.find()).toBeNull()
  })

  it.each(['', 'a', 'a.b', 'a.b.c.d', 'a.b.c\r\nx-evil: 1', 'a b.c.d', `${'a'.repeat(3000)}.b.c`, 'a..c'])(
    'does not even ask about what is no token: %j',
    async (session) => {
      await using shop = await site({ status: 200, body: USER })
      expect(await shop.find(session)).toBeNull()
      expect([shop.people.requests, shop.setup.requests]).toEqual([[], []])
    },
  )

  const OUTAGES: [string, Reply][] = [
    ['500', { status: 500, body: { ...USER, autoconfirm: false } }],
    ['429', { status: 429, body: {} }],
    ['a redirect', { status: 302, body: {}, headers: { location: '/login' } }],
    ['no JSON', { status: 200, body: '<h1>Hello</h1>' }],
    ['null', { status: 200, body: 'null' }],
    ['a list', { status: 200, body: [] }],
    ['a user without an address', { status: 200, body: { ...USER, email: '' } }],
    ['a user without an id', { status: 200, body: { ...USER, id: 7 } }],
    ['a cut connection', 'reset'],
  ]
  it.each(OUTAGES)('is an outage, not a stranger: %s', async (_what, reply) => {
    await using shop = await site(reply)
    await expect(shop.find()).rejects.toBeInstanceOf(VendorDown)
  })

  it.each([
    ...OUTAGES.slice(0, 5),
    ['settings without the word', { status: 200, body: {} }] as [string, Reply],
    ['settings with a text', { status: 200, body: { autoconfirm: 'false' } }] as [string, Reply],
  ])('lets nobody in while nobody can tell how addresses are confirmed: %s', async (_what, reply) => {
    await using shop = await site({ status: 200, body: USER }, reply)
    await expect(shop.find()).rejects.toBeInstanceOf(VendorDown)
  })

  it('lets nobody in while addresses are confirmed without a mail', async () => {
    await using shop = await site({ status: 200, body: USER }, { status: 200, body: { autoconfirm: true } })
    await expect(shop.find()).rejects.toBeInstanceOf(Misconfigured)
  })

  it('asks for the settings once a minute, and for the account every time', async () => {
    await using shop = await site({ status: 200, body: USER })
    for (const wait of [0, 30, 29, 2]) {
      shop.pass(wait)
      await shop.find()
    }
    expect([shop.people.requests.length, shop.setup.requests.length]).toEqual([4, 2])
  })
})

describe('removeAccount', () => {
  it('says so when the platform gave no token for it', async () => {
    await using shop = await answeringServer('reset')
    const identity = createIdentity({ siteUrl: shop.origin, now: () => new Date() })
    await expect(identity.removeAccount(USER.id)).rejects.toBeInstanceOf(VendorDown)
  })
})
