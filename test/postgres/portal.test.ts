import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recordMailEvent } from '../../db/mail-events.ts'
import { migrate } from '../../db/migrate.ts'
import { changeEmail } from '../../db/order-email.ts'
import { offerPortalLink, openLink } from '../../db/portal-links.ts'
import type { MailEvent } from '../../shop/mail/mail-event.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'

let postgres: RealPostgres

beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
})
afterAll(() => postgres.close())
beforeEach(async () => {
  await postgres.target.batch([
    'truncate orders, emails, jobs, order_changes, portal_links, portal_sessions, mail_addresses, access_codes cascade',
    `insert into orders (id, stripe_session_id, livemode, status, email, claim_hash, currency, amount_subtotal, amount_discount, amount_tax, amount_total, paid_at, observed_at)
     values ('ord_race', 'cs_race', false, 'paid', 'old@example.com', repeat('a', 64), 'eur', 100, 0, 0, 100, now(), now())`,
    `insert into emails (id, kind, order_id, to_address, subject, rendered_at, first_attempt_at, sent_at, resend_id)
     values ('receipt:ord_race', 'receipt', 'ord_race', 'old@example.com', 'Receipt', now(), now(), now(), 're_race')`,
  ])
})

const TWENTY = Array.from({ length: 20 }, (_, i) => i)
const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 10, 0, second))

describe('of twenty at the same time', () => {
  it('one correction of an address is made, with one receipt and one line of history', async () => {
    const { db } = postgres.target
    const by = { sessionId: 'cs_race', claimHash: 'a'.repeat(64) }
    const made = await Promise.all(TWENTY.map((i) => changeEmail(db, { email: `new${i}@example.com`, by })))
    expect(made.filter(Boolean)).toHaveLength(1)
    const [order] = await db<{ email: string; access_epoch: number }>`select email, access_epoch from orders`
    expect(order).toEqual({ email: `new${made.indexOf(true)}@example.com`, access_epoch: 2 })
    expect(await db`select order_id from order_changes`).toHaveLength(1)
    expect(await db`select id from emails where id like 'receipt:ord_race:%'`).toEqual([{ id: 'receipt:ord_race:2' }])
  })

  it('every change of the seller counts, each with its own receipt, and the history has no gap', async () => {
    const { db } = postgres.target
    const by = { orderId: 'ord_race', actor: 'seller' }
    const made = await Promise.all(TWENTY.map((i) => changeEmail(db, { email: `new${i}@example.com`, by })))
    expect(made.every(Boolean)).toBe(true)
    const changes = await db<{ from: string; to: string }>`
      select change -> 'email' ->> 'from' as from, change -> 'email' ->> 'to' as to from order_changes`
    const next = new Map(changes.map(({ from, to }) => [from, to]))
    let address: string | undefined = 'old@example.com'
    let steps = -1
    for (; address !== undefined; steps++) address = next.get(address)
    expect([changes.length, next.size, steps]).toEqual([20, 20, 20])
    const [order] = await db<{ access_epoch: number }>`select access_epoch from orders`
    expect(order?.access_epoch).toBe(21)
    expect(await db`select id from emails where id like 'receipt:ord_race:%'`).toHaveLength(20)
  })

  it('one wish for a link makes a mail', async () => {
    const { db } = postgres.target
    const mail = { to: 'old@example.com', subject: 'Link', html: '', text: '' }
    const offer = (i: number) =>
      offerPortalLink(db, { id: `plk_${String(i).padStart(4, '0')}`, mail, minutes: 30, mostPerDay: 12 })
    const offered = await Promise.all(TWENTY.map(offer))
    expect(offered.filter(Boolean)).toHaveLength(1)
    expect(await db`select id from emails where kind = 'portal_link'`).toEqual([
      { id: `portal_link:plk_${String(offered.indexOf(true)).padStart(4, '0')}` },
    ])
  })

  it('one opens a link', async () => {
    const { db } = postgres.target
    const mail = { to: 'old@example.com', subject: 'Link', html: '', text: '' }
    await offerPortalLink(db, { id: 'plk_race', mail, minutes: 30, mostPerDay: 12 })
    const hash = (i: number) => i.toString(16).padStart(64, '0')
    const opened = await Promise.all(
      TWENTY.map((i) => openLink(db, 'plk_race', { secretHash: hash(i), seconds: 3600 })),
    )
    expect(opened.filter(Boolean)).toEqual(['old@example.com'])
    expect(await db`select secret_hash from portal_sessions`).toEqual([
      { secret_hash: hash(opened.indexOf('old@example.com')) },
    ])
  })

  it('reports of a mail come out as the newest says, and the seller gets one note', async () => {
    const { db } = postgres.target
    const states: MailEvent['state'][] = ['delivered', 'bounced', 'soft_bounced']
    const events = TWENTY.map(
      (i): MailEvent => ({ resendId: 're_race', mailId: null, state: states[i % 3] ?? 'delivered', at: at(i) }),
    )
    await Promise.all(events.map((event) => recordMailEvent(db, event, '2026-11-23')))
    // Number 19 is a bounce.
    expect(await db`select delivery, delivery_at from emails where id = 'receipt:ord_race'`).toEqual([
      { delivery: 'bounced', delivery_at: at(19) },
    ])
    expect(await db`select state, observed_at from mail_addresses`).toEqual([{ state: 'bounced', observed_at: at(19) }])
    expect(await db`select kind from emails where kind like 'seller%'`).toHaveLength(1)
  })
})
