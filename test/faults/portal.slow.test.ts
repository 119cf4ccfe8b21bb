import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { serve } from '@hono/node-server'
import { SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openLedger } from '../../local/ledger.ts'
import { createMailEmulator } from '../../local/mail/mail-emulator.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { MAIL_WEBHOOK_SECRET, startPlatform, type TestPlatform } from '../support/platform.ts'
import { sell, signIn } from '../support/portal.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, post, postAs } from '../support/sale.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())
afterEach(() => {
  platform.store.state.identity = 'up'
  vi.useRealTimers()
})

/** A Resend that reports what becomes of its mails, as the platform's own does not; every mail goes through it meanwhile. */
async function withReportingResend(
  act: (sentTo: (address: string) => Promise<number>) => Promise<void>,
): Promise<void> {
  const ledger = openLedger(':memory:')
  const webhook = { url: `${platform.siteUrl}/resend_webhook`, secret: MAIL_WEBHOOK_SECRET }
  const mail = createMailEmulator({ ledger, requestsPerSecond: 1_000, webhook })
  const server = serve({ fetch: mail.routes.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  if (!server.listening) await once(server, 'listening')
  const before = process.env.RESEND_BASE_URL
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.env.RESEND_BASE_URL = origin
  const sentTo = async (address: string) => {
    const mails = (await (await fetch(`${origin}/mail.json`)).json()) as { to: string[] }[]
    return mails.filter(({ to }) => to[0] === address).length
  }
  try {
    await act(sentTo)
    await expect.poll(() => ledger.list('mail_events')).toEqual([])
  } finally {
    process.env.RESEND_BASE_URL = before
    mail.stop()
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
    ledger.close()
  }
}

describe('F35', () => {
  it.each([
    ['bounced@resend.dev', 'bounced'],
    ['complained@resend.dev', 'complained'],
  ])('F35 a mail to %s flags the address, is shown to the buyer, and is not sent again', async (email, flag) => {
    await withReportingResend(async (sentTo) => {
      const sessionId = await buy(platform, 'book', { email })
      await platform.work()
      const notice = async () =>
        ((await (await post(platform, '/get_entitlements', { session_id: sessionId })).json()) as { notice: string })
          .notice
      await expect.poll(notice).toBe(flag)
      await platform.store.settled()
      const sent = await sentTo(email)
      await platform.work()
      await platform.work()
      // The mail "your links are ready" may be among them: the page was opened. The receipt is there once.
      expect(await sentTo(email)).toBeLessThanOrEqual(sent + 1)
      const receipts = await platform.rows(
        `select m.delivery from emails m join orders o on o.id = m.order_id where o.stripe_session_id = $1 and m.kind = 'receipt'`,
        [sessionId],
      )
      expect(receipts).toEqual([{ delivery: flag }])
      const notes = await platform.rows(
        "select id from emails where kind = 'seller_mail_returned' and payload ->> 'mail_state' = $1",
        [flag],
      )
      expect(notes).toHaveLength(1)
    })
  })

  it('F35 a mail that is delivered flags nothing', async () => {
    await withReportingResend(async () => {
      const email = 'delivered@resend.dev'
      await sell(platform, email)
      const state = async () =>
        (await platform.rows<{ state: string }>('select state from mail_addresses where address = $1', [email]))[0]
          ?.state
      await expect.poll(state).toBe('reached')
    })
  })
})

describe('F56', () => {
  const DOORS: [string, object][] = [
    ['/get_purchases', {}],
    ['/get_download_link', { order_item_id: 'itm_nobodys', file_id: 'fil_prd_book' }],
    ['/send_purchase_links', { order_id: 'ord_nobodys' }],
    ['/get_my_data', {}],
    ['/delete_account', { confirm: true }],
  ]

  it.each(['down', 'html', 'hangs'] as const)(
    'F56 while Identity %s, the portal says 503 to everybody and believes no cookie',
    async (state) => {
      expectErrors()
      const email = `${state}@example.com`
      const { orderId } = await sell(platform, email)
      const real = await signIn(platform, email)
      const forged = await new SignJWT({ sub: '1', email, exp: 4_102_444_800, app_metadata: {}, user_metadata: {} })
        .setProtectedHeader({ alg: 'HS256', kid: 'nf-ident', typ: 'JWT' })
        .sign(new TextEncoder().encode('a key that is not of this site, 32 bytes'))
      platform.store.state.identity = state
      for (const cookie of [real, `nf_jwt=${forged}`]) {
        const answers = await Promise.all(DOORS.map(([path, body]) => postAs(platform, path, body, { cookie })))
        for (const answer of answers) {
          expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
          expect(await answer.text()).not.toContain(orderId)
        }
      }
      platform.store.state.identity = 'up'
      expect((await postAs(platform, '/get_purchases', {}, { cookie: real })).status).toBe(200)
      expect((await postAs(platform, '/get_purchases', {}, { cookie: `nf_jwt=${forged}` })).status).toBe(401)
    },
  )

  it('F56 the rest of the shop sells on meanwhile', async () => {
    platform.store.state.identity = 'down'
    const { sessionId } = await sell(platform, 'meanwhile@example.com')
    expect((await post(platform, '/get_entitlements', { session_id: sessionId })).status).toBe(200)
    expect((await postAs(platform, '/send_portal_link', { email: 'meanwhile@example.com' })).status).toBe(202)
  })
})
