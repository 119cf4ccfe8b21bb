import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { beginAttempt, recordSent, storeRendered } from '../../db/emails.ts'
import { raiseLinksReady } from '../../db/links-ready.ts'
import { recordMailEvent } from '../../db/mail-events.ts'
import type { ClaimedJob } from '../../shop/jobs.ts'
import { syncOrder } from '../../shop/orders/sync-order.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { enterByLink, sell } from '../support/portal.ts'
import { post, postAs } from '../support/sale.ts'
import { paperTerminal } from './paper-terminal.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

async function till(line: string, answer: boolean | null = null) {
  const paper = paperTerminal(answer)
  const code = await runTill(line.split(' '), {
    commands: COMMANDS,
    terminal: paper.terminal,
    connect: (work) => work({ app: platform.app(), folder: '' }),
  })
  return { code, out: paper.out.join('\n'), err: paper.err.join('\n'), asked: paper.asked }
}

let number = 0
const newAddress = () => `person${++number}@example.com`

/** Every row of every table in which a text occurs, by table. */
async function whereIs(text: string): Promise<Record<string, number>> {
  const tables = await platform.rows<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  )
  const found: Record<string, number> = {}
  for (const { name } of tables) {
    const [row] = await platform.rows<{ rows: number }>(
      `select count(*)::int as rows from "${name}" t where position(lower($1) in lower(t::text)) > 0`,
      [text],
    )
    if (row?.rows) found[name] = row.rows
  }
  return found
}

describe('till order set-email', () => {
  it('asks, then changes it at any time and as often as needed, with a receipt and a line of history each', async () => {
    const [first, second, third] = [newAddress(), newAddress(), newAddress()]
    const { orderId } = await sell(platform, first)
    await platform.rows("update orders set paid_at = now() - interval '400 days' where id = $1", [orderId])
    expect((await till(`order set-email ${orderId} ${second}`, false)).code).toBe(1)
    expect((await till(`order set-email ${orderId} ${second}`)).code).toBe(2)
    expect(await till(`order set-email ${orderId} ${second.toUpperCase()} --yes`)).toMatchObject({
      code: 0,
      out: expect.stringContaining(second),
    })
    await platform.work()
    expect((await till(`order set-email ${orderId} ${third}`, true)).code).toBe(0)
    await platform.work()
    const to = (await platform.mails()).filter(({ idempotency_key: key }) => key?.startsWith(`receipt:${orderId}:`))
    expect(to.map(({ to: [address] }) => address).sort()).toEqual([second, third])
    expect(
      await platform.rows('select actor, change from order_changes where order_id = $1 order by id', [orderId]),
    ).toEqual([
      { actor: 'seller', change: { email: { from: first, to: second } } },
      { actor: 'seller', change: { email: { from: second, to: third } } },
    ])
  })

  it('sends no mail that nobody has tried to send yet to the address before', async () => {
    const [first, second, third] = [newAddress(), newAddress(), newAddress()]
    const { orderId } = await sell(platform, first)
    await till(`order set-email ${orderId} ${second} --yes`)
    await till(`order set-email ${orderId} ${third} --yes`)
    await platform.work()
    const mails = (await platform.mails()).filter(({ idempotency_key: key }) => key?.startsWith(`receipt:${orderId}:`))
    expect(mails.map(({ to, idempotency_key }) => [to[0], idempotency_key])).toEqual([[third, `receipt:${orderId}:3`]])
  })

  it('leaves the buyer the one correction of their own', async () => {
    const [first, second, third] = [newAddress(), newAddress(), newAddress()]
    const { sessionId, orderId } = await sell(platform, first)
    await till(`order set-email ${orderId} ${second} --yes`)
    expect((await post(platform, '/correct_email', { session_id: sessionId, email: third })).status).toBe(200)
  })

  it('explains what it cannot do', async () => {
    const email = newAddress()
    const { orderId } = await sell(platform, email)
    expect(await till('order set-email ord_unknown a@b.example --yes')).toMatchObject({
      code: 1,
      err: 'There is no such order.',
    })
    expect(await till(`order set-email ${orderId} ${email} --yes`)).toMatchObject({
      code: 1,
      err: 'This is the address of the order already.',
    })
    expect(await till(`order set-email ${orderId} nonsense --yes`)).toMatchObject({ code: 2 })
  })
})

describe('till customers export', () => {
  it('writes what is held under an address: orders with items, downloads and changes, mails, the address', async () => {
    const email = newAddress()
    const { sessionId, orderId } = await sell(platform, email)
    const { downloads } = (await (await post(platform, '/get_entitlements', { session_id: sessionId })).json()) as {
      downloads: { url: string }[]
    }
    await (await fetch(downloads[0]?.url ?? '')).arrayBuffer()
    const { code, out } = await till(`customers export ${email.toUpperCase()}`)
    expect([code, JSON.parse(out)]).toEqual([
      0,
      expect.objectContaining({
        email,
        orders: [
          expect.objectContaining({
            id: orderId,
            items: [
              expect.objectContaining({ title: 'A Book & More', downloads: [expect.objectContaining({ version: 1 })] }),
            ],
            changes: [],
          }),
        ],
        mails: expect.arrayContaining([expect.objectContaining({ kind: 'receipt', sent_at: expect.any(String) })]),
        address: null,
      }),
    ])
    expect(JSON.parse(out).mails.every(({ kind }: { kind: string }) => !kind.startsWith('seller_'))).toBe(true)
  })

  it('has the orders that a typing mistake put under it at Stripe, which the portal does not show', async () => {
    const [wrong, right] = [newAddress(), newAddress()]
    const { orderId } = await sell(platform, wrong)
    await till(`order set-email ${orderId} ${right} --yes`)
    const exported = JSON.parse((await till(`customers export ${wrong}`)).out)
    expect(exported.orders).toMatchObject([{ id: orderId, email_at_stripe: wrong }])
    await sell(platform, wrong)
    const cookie = await enterByLink(platform, wrong)
    const own = (await (await postAs(platform, '/get_my_data', {}, { cookie })).json()) as { orders: { id: string }[] }
    expect(own.orders.map(({ id }) => id)).not.toContain(orderId)
  })

  it('says when there is nothing', async () => {
    expect(await till('customers export nobody@example.com')).toMatchObject({
      code: 0,
      err: 'Nothing is held under nobody@example.com.',
    })
  })
})

describe('till customers erase', () => {
  it('takes the address out of every table and keeps orders, amounts and counted downloads', async () => {
    const email = newAddress()
    const { sessionId, orderId } = await sell(platform, email)
    const { downloads } = (await (await post(platform, '/get_entitlements', { session_id: sessionId })).json()) as {
      downloads: { url: string }[]
    }
    await (await fetch(downloads[0]?.url ?? '')).arrayBuffer()
    await till(`order set-email ${orderId} other${email} --yes`)
    await till(`order set-email ${orderId} ${email} --yes`)
    await postAs(platform, '/send_access_code', { session_id: sessionId, email })
    const cookie = await enterByLink(platform, email)
    await platform.rows("insert into mail_addresses (address, state, observed_at) values ($1, 'bounced', now())", [
      email,
    ])
    const kept = () =>
      platform.rows(
        `select o.id, o.status, o.amount_total::int, o.paid_at, (select count(*)::int from order_items i where i.order_id = o.id) as items,
           (select count(*)::int from downloads d join order_items i on i.id = d.order_item_id where i.order_id = o.id) as downloads,
           (select count(*)::int from emails m where m.order_id = o.id) as mails from orders o where o.id = $1`,
        [orderId],
      )
    const before = await kept()
    expect(Object.keys(await whereIs(email)).sort()).toEqual([
      'emails',
      'mail_addresses',
      'order_changes',
      'orders',
      'portal_links',
      'portal_sessions',
    ])

    expect(await till(`customers erase ${email} --dry-run`)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/is in 1 orders and \d+ mails\. Nothing was changed\./),
    })
    expect((await till(`customers erase ${email}`, false)).code).toBe(1)
    expect((await till(`customers erase ${email}`)).code).toBe(2)
    expect(await whereIs(email)).not.toEqual({})
    expect((await till(`customers erase ${email} --yes`)).code).toBe(0)

    expect(await whereIs(email)).toEqual({})
    expect(await kept()).toEqual(before)
    expect((await postAs(platform, '/get_purchases', {}, { cookie })).status).toBe(401)
    await syncOrder(platform.app(), sessionId)
    await platform.work()
    expect(await whereIs(email)).toEqual({})
    expect(await till(`customers erase ${email} --yes`)).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 orders'),
    })
  })

  it('sends nothing that waits for the person, and leaves everybody else alone', async () => {
    const [email, other] = [newAddress(), newAddress()]
    const { orderId } = await sell(platform, other)
    const { orderId: erasedId } = await sell(platform, email)
    await till(`order set-email ${erasedId} x${email} --yes`)
    await till(`order set-email ${erasedId} ${email} --yes`)
    await till(`customers erase ${email} --yes`)
    await till(`customers erase x${email} --yes`)
    const sentBefore = (await platform.mails()).filter(({ to }) => to[0] === email).length
    await platform.work()
    expect((await platform.mails()).filter(({ to }) => to[0] === email)).toHaveLength(sentBefore)
    expect(await platform.rows('select email, erased_at from orders where id = $1', [orderId])).toEqual([
      { email: other, erased_at: null },
    ])
    expect(
      (await platform.rows('select 1 from emails where to_address = $1 and html is not null', [other])).length,
    ).toBeGreaterThan(0)
  })

  it('is not undone by a mail that was on its way, nor by what becomes of it', async () => {
    const email = newAddress()
    const { orderId } = await sell(platform, email)
    const mailId = `receipt:${orderId}`
    const [sent] = await platform.rows<{ resend_id: string }>('select resend_id from emails where id = $1', [mailId])
    await platform.rows('update emails set sent_at = null, resend_id = null where id = $1', [mailId])
    await till(`customers erase ${email} --yes`)
    const { db } = platform.app()
    const [job] = await platform.rows<ClaimedJob>(
      "update jobs set state = 'open', finished_at = null where id = $1 returning *",
      [`mail:${mailId}`],
    )
    if (!job || !sent) throw new Error('the receipt had no job')
    expect(await recordSent(db, job, { emailId: mailId, resendId: sent.resend_id })).toBe(true)
    const bounce = { resendId: sent.resend_id, mailId, state: 'bounced', at: new Date() } as const
    expect(await recordMailEvent(db, bounce, '2026-11-23')).toBe(false)
    expect(await platform.rows("select 1 from mail_addresses where address = 'erased'")).toEqual([])
    expect(await whereIs(email)).toEqual({})
  })

  it('is not undone by a worker that has read the address before and writes a mail after', async () => {
    const email = newAddress()
    const { orderId } = await sell(platform, email)
    const { db } = platform.app()
    expect(await raiseLinksReady(db, orderId)).toBe(true)
    await till(`customers erase ${email} --yes`)
    const [mail] = await platform.rows<{ id: string }>(
      "select id from emails where order_id = $1 and kind = 'links_ready'",
      [orderId],
    )
    await storeRendered(db, mail?.id ?? '', { to: email, subject: 'Links', html: email, text: email })
    expect(await beginAttempt(db, mail?.id ?? '')).toBe(null)
    expect(await whereIs(email)).toEqual({})
  })

  it('keeps the mails of whom a corrected order belongs to now', async () => {
    const [wrong, right] = [newAddress(), newAddress()]
    const { orderId } = await sell(platform, wrong)
    await till(`order set-email ${orderId} ${right} --yes`)
    await platform.work()
    await till(`customers erase ${wrong} --yes`)
    expect(await platform.rows('select email, stripe_email from orders where id = $1', [orderId])).toEqual([
      { email: right, stripe_email: null },
    ])
    const mails = await platform.rows(
      'select html is not null as whole from emails where order_id = $1 and to_address = $2',
      [orderId, right],
    )
    expect(mails).toEqual([{ whole: true }])
    expect(await whereIs(wrong)).toEqual({})
  })
})
