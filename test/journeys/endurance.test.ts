import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase, buyAt, openAt, readMails } from '../support/shop-client.ts'
import { findFreePorts, type ShopProcess, startShop } from '../support/shop-process.ts'

let folder: string
let port: number
let shop: ShopProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-endurance-'))
  port = await findFreePorts()
  shop = await startShop({ folder, port })
})
afterAll(async () => {
  await shop?.stop()
  await rm(folder, { recursive: true, force: true })
})

const ordersOf = (sessionId: string) =>
  askDatabase(folder, (db) => db<{ status: string }>`select status from orders where stripe_session_id = ${sessionId}`)
const receiptsFor = async (email: string) =>
  (await readMails(shop)).filter(({ to, subject }) => to.includes(email) && subject.includes('receipt'))

describe('the local shop', () => {
  it('delivers order and receipt once each after a kill -9 right after the payment', async () => {
    const sessionId = await buyAt(shop, 'small-and-finished', 'killed@example.com')
    await shop.stop('SIGKILL')
    shop = await startShop({ folder, port })
    await expect.poll(() => receiptsFor('killed@example.com'), { timeout: 90_000, interval: 500 }).toHaveLength(1)
    expect(await ordersOf(sessionId)).toEqual([{ status: 'paid' }])
    expect((await openAt(shop, sessionId)).body.state).toBe('paid')
  })

  it('closes the links that were given out before a full refund through the API', async () => {
    const sessionId = await buyAt(shop, 'small-and-finished', 'refunded@example.com')
    const { body } = await openAt(shop, sessionId)
    const url = body.downloads[0]?.url ?? ''
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
    const stripe = new Stripe('sk_test_any', { host: 'localhost', port: port + 1, protocol: 'http' })
    const { payment_intent } = await stripe.checkout.sessions.retrieve(sessionId)
    await stripe.refunds.create({ payment_intent: String(payment_intent) })
    await expect.poll(async () => (await fetch(url, { method: 'HEAD' })).status, { timeout: 30_000 }).toBe(403)
    expect(await (await fetch(url)).text()).not.toContain('%PDF')
  })

  it('refuses a second start on its folder, and goes on undisturbed', async () => {
    const second = spawn(process.execPath, ['local/start.ts'], {
      env: { PATH: process.env.PATH, TILL_DATA_DIR: folder, PORT: String(await findFreePorts()) },
    })
    let said = ''
    second.stderr.on('data', (part) => {
      said += part
    })
    const [code] = await once(second, 'exit')
    expect([code, said]).toEqual([1, expect.stringContaining(folder)])
    expect((await fetch(`${shop.siteUrl}/store/`)).status).toBe(200)
    expect((await openAt(shop, await buyAt(shop, 'small-and-finished', 'undisturbed@example.com'))).body.state).toBe(
      'paid',
    )
  })

  it('answers 200 requests to its functions at once, and none of them with a 500', { timeout: 300_000 }, async () => {
    const sessionId = await buyAt(shop, 'small-and-finished', 'crowd@example.com')
    const answers = await Promise.all(Array.from({ length: 200 }, () => openAt(shop, sessionId)))
    const opened = answers.filter(({ status }) => status === 200)
    // They all come from one address, which may ask 60 times a minute, and has asked before.
    expect(opened.length).toBeGreaterThan(0)
    expect(answers.length - opened.length).toBe(answers.filter(({ status }) => status === 429).length)
  })

  it('counts the click on an affiliate product, and knows an unknown one by its page', async () => {
    const count = () => askDatabase(folder, (db) => db<{ n: number }>`select count(*)::int as n from affiliate_clicks`)
    const [before] = await count()
    const [product] = await askDatabase(
      folder,
      (db) => db<{ slug: string }>`select slug from products where type = 'affiliate' and status = 'published' limit 1`,
    )
    const answer = await fetch(`${shop.siteUrl}/go/${product?.slug}`, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      expect.stringContaining('https://www.amazon.com/'),
    ])
    expect((await count())[0]?.n).toBe((before?.n ?? 0) + 1)
    const unknown = await fetch(`${shop.siteUrl}/go/no-such-thing`, { redirect: 'manual' })
    expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('<!doctype html>')])
    const missing = await fetch(`${shop.siteUrl}/no/such/page`)
    expect(missing.status).toBe(404)
  })

  // The last one: nothing runs afterwards.
  it('ends in order when it is asked to once', async () => {
    expect(await shop.stop()).toBe(0)
  })
})
