import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { syncOrder } from '../../shop/orders/sync-order.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy } from '../support/sale.ts'
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

describe('till order', () => {
  let orderId: string
  beforeEach(async () => {
    const sessionId = await buy(platform, 'book')
    const outcome = await syncOrder(platform.app(), sessionId)
    if (outcome.kind !== 'written') throw new Error('the order must be written')
    orderId = outcome.orderId
    await platform.pglite.exec(`alter table orders disable trigger orders_transition;
      update orders set status = 'review', review_reason = 'odd' where id = '${orderId}';
      alter table orders enable trigger orders_transition`)
  })

  it('approve gives access', async () => {
    expect(await till(`order approve ${orderId}`)).toMatchObject({
      code: 0,
      out: expect.stringContaining('is approved'),
    })
    await platform.work()
    expect(await platform.rows('select status from orders where id = $1', [orderId])).toEqual([{ status: 'paid' }])
    expect(await platform.rows('select actor, change from order_changes where order_id = $1', [orderId])).toEqual([
      { actor: 'till', change: { approved: true } },
    ])
  })

  it('reject asks before it moves money, and does nothing without a yes', async () => {
    expect(await till(`order reject ${orderId}`, false)).toMatchObject({
      code: 1,
      asked: [`Pay the buyer of ${orderId} back in full?`],
    })
    expect((await till(`order reject ${orderId}`)).code).toBe(2)
    expect(await platform.rows('select rejected_at from orders where id = $1', [orderId])).toEqual([
      { rejected_at: null },
    ])
  })

  it('reject pays back', async () => {
    expect((await till(`order reject ${orderId} --yes`)).code).toBe(0)
    await platform.work()
    await platform.pass(0)
    await platform.work()
    expect(await platform.rows('select status from orders where id = $1', [orderId])).toEqual([{ status: 'refunded' }])
  })

  it('explains what it cannot do', async () => {
    expect(await till('order approve ord_unknown')).toMatchObject({ code: 1, err: 'There is no order ord_unknown.' })
    expect(await till('order approve')).toMatchObject({
      code: 2,
      err: expect.stringContaining('order approve <order>'),
    })
  })
})

describe('till jobs', () => {
  it('shows the queue and the dead letters, and redrives one or all', async () => {
    expectErrors()
    await platform.pglite.exec(
      "delete from jobs; delete from emails; insert into jobs (id, kind, payload) values ('odd', 'send_email', '{\"email_id\":\"none\"}')",
    )
    expect(await till('jobs')).toMatchObject({ code: 0, out: expect.stringMatching(/send_email +1 +0 +0 +0 +0/) })
    await platform.work()
    const shown = await till('jobs')
    expect(shown).toMatchObject({ code: 1, out: expect.stringContaining('there is no mail none') })
    const json = JSON.parse((await till('jobs --json')).out) as { dead_jobs: { id: string }[] }
    expect(json.dead_jobs).toMatchObject([{ id: 'odd' }])
    expect((await till('job redrive nothing')).code).toBe(1)
    expect(await till('job redrive odd')).toMatchObject({ code: 0, out: '1 job is tried again.' })
    expect(await platform.rows("select state, attempts, fence from jobs where id = 'odd'")).toEqual([
      { state: 'open', attempts: 0, fence: 1 },
    ])
    await platform.work()
    expect((await till('job redrive all')).out).toBe('1 job is tried again.')
    expect((await till('job redrive all')).code).toBe(0)
  })
})
