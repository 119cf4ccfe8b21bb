import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import type { App } from '../../shop/app.ts'
import { VendorDown } from '../../shop/errors.ts'
import { syncOrder } from '../../shop/orders/sync-order.ts'
import { appAt, openStage, type Stage, withPort } from '../reconcile/stage.ts'
import { buy, click, pay } from '../support/sale.ts'
import { paperTerminal } from './paper-terminal.ts'

let stage: Stage
let folder: string

beforeAll(async () => {
  stage = await openStage()
  folder = await mkdtemp(join(tmpdir(), 'till-cli-'))
})
afterAll(async () => {
  await stage.close()
  await rm(folder, { recursive: true })
})

type Adjust = (app: App, paper: ReturnType<typeof paperTerminal>) => void

async function reconcile(line = '', adjust: Adjust = () => undefined) {
  const paper = paperTerminal()
  const app = appAt(stage, new Date())
  adjust(app, paper)
  const code = await runTill(['reconcile', ...line.split(' ').filter(Boolean)], {
    commands: COMMANDS,
    terminal: paper.terminal,
    connect: (work) => work({ app, folder }),
  })
  const out = paper.out.join('\n')
  return {
    code,
    out,
    err: paper.err.join('\n'),
    shown: paper.shown,
    report: line.includes('--json') ? JSON.parse(out) : null,
  }
}

/** Everything that a run could change. */
const everything = () =>
  stage.rows(
    `select (select json_agg(o order by id) from orders o) as orders, (select json_agg(r order by stripe_refund_id) from refunds r) as refunds,
       (select json_agg(e order by id) from emails e) as emails, (select json_agg(j order by id) from jobs j) as jobs`,
  )

/** The shop is as Stripe has it before each test. */
async function settleAll(): Promise<void> {
  stage.faults.put({ service: 'webhook', mode: 'drop', count: 0 })
  await stage.stripe.deliverDue()
  await stage.work()
  expect((await reconcile('--restart')).code).toBe(0)
}

describe('till reconcile, called wrongly', () => {
  it.each(['--since soon', '--since 2999-01-01', '--since', '--dry-run=no', 'everything'])(
    'refuses %s',
    async (line) => {
      expect(await reconcile(line)).toMatchObject({ code: 2, out: '' })
    },
  )
})

describe('till reconcile', () => {
  beforeEach(settleAll)

  it('F19: finds what happened while no event could be delivered, mends all of it, and then has nothing to say', async () => {
    const refunded = await buy(stage, 'book')
    const disputed = await buy(stage, 'book')
    const edited = await buy(stage, 'book')
    await stage.work()
    stage.dropWebhooks()
    const missing = [await buy(stage, 'book'), await buy(stage, 'free')]
    await stage.refund(refunded, 700)
    await stage.press('dispute', disputed)
    await stage.rows(`update orders set status = 'disputed' where stripe_session_id = $1`, [edited])

    const { code, out, shown } = await reconcile()
    expect(code).toBe(0)
    const [head, ...lines] = out.split('\n')
    expect(head).toMatch(/^Difference +Sale +Stripe says +We have +Action$/)
    const summary = lines.pop()
    expect(summary).toMatch(
      /^5 found, 5 mended, 0 left: \d+ sessions, \d+ refunds? and \d+ disputes? since \d{4}-.*Z\.$/,
    )
    expect(lines.every((line) => line.endsWith('  mended'))).toBe(true)
    expect(
      lines.filter((line) =>
        /^missing order +cs_test_\w+ +(paid €19.00|no_payment_required €0.00) +nothing/.test(line),
      ),
    ).toHaveLength(2)
    expect(lines.filter((line) => /^missing refund +ord_\w+ +re_\w+ succeeded €7.00 +paid/.test(line))).toHaveLength(1)
    expect(
      lines.filter((line) => /^missing dispute +ord_\w+ +\w+ needs_response €19.00 +paid/.test(line)),
    ).toHaveLength(1)
    expect(lines.filter((line) => /^wrong status +ord_\w+ +paid +disputed/.test(line))).toHaveLength(1)
    expect(shown.at(-1)).toMatch(/sessions, .* 5 differ$/)

    expect(await stage.ordersOf(refunded)).toMatchObject([{ status: 'partially_refunded', back: 700 }])
    expect(await stage.ordersOf(disputed)).toMatchObject([{ status: 'disputed' }])
    expect(await stage.ordersOf(edited)).toMatchObject([{ status: 'paid' }])
    await stage.work()
    for (const sessionId of missing) {
      const [order, ...more] = await stage.ordersOf(sessionId)
      expect([order?.status, more]).toEqual(['paid', []])
      expect(await stage.receiptsOf(order?.id ?? '')).toHaveLength(1)
    }
    const again = await reconcile()
    expect([again.code, again.out]).toEqual([0, expect.stringMatching(/^Nothing differs: /)])
  })

  it('with --dry-run says the same, changes nothing, pokes nobody, and ends with 1', async () => {
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    const [before, pokes] = [await everything(), stage.store.state.pokes]
    const { code, out } = await reconcile('--dry-run')
    expect(code).toBe(1)
    expect(out).toMatch(new RegExp(`^missing order +${sessionId} +paid €19.00 +nothing +would be mended$`, 'm'))
    expect(out).toContain('1 found, nothing was changed')
    expect(await everything()).toEqual(before)
    expect(stage.store.state.pokes).toBe(pokes)
    expect((await reconcile()).code).toBe(0)
    expect(stage.store.state.pokes).toBe(pokes + 1)
  })

  it('with --json answers with one document', async () => {
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    const { code, report } = await reconcile('--json --dry-run --since 2h')
    expect(code).toBe(1)
    expect(report).toEqual({
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      dry_run: true,
      complete: true,
      compared: { sessions: expect.any(Number), refunds: expect.any(Number), disputes: expect.any(Number) },
      found: 1,
      left: 1,
      findings: [
        {
          kind: 'missing_order',
          sale: sessionId,
          stripe: 'paid €19.00',
          ours: 'nothing',
          action: 'would be mended',
          left: true,
        },
      ],
    })
    expect((await reconcile('--json')).report).toMatchObject({ found: 1, left: 0, dry_run: false })
  })

  it('finds an old order whose payment was decided in silence', async () => {
    const { url, sessionId } = await click(stage, 'book')
    await pay(url, { card: 'AT611904300234573201' })
    await stage.work()
    stage.dropWebhooks()
    await stage.press('settle', sessionId)
    // Stripe's lists of the last hour would tell it too; a moment long after has none of it.
    const { code, report } = await reconcile('--json --since 1h', (app) => {
      const now = app.now.bind(app)
      Object.assign(app, { now: () => new Date(now().getTime() + 100 * 86_400_000) })
    })
    expect([code, report]).toMatchObject([
      0,
      { compared: { sessions: 0 }, findings: [{ kind: 'wrong_status', ours: 'pending' }] },
    ])
    expect(await stage.ordersOf(sessionId)).toMatchObject([{ status: 'paid' }])
  })

  it('queues unsent mails again, and leaves a held one to a person', async () => {
    const sessionIds = [await buy(stage, 'book'), await buy(stage, 'book'), await buy(stage, 'book')]
    for (const sessionId of sessionIds) await syncOrder(stage.app(), sessionId)
    const ids = (await Promise.all(sessionIds.map(stage.ordersOf))).map(([order]) => order?.id ?? '')
    const [lost = '', dead = '', held = ''] = ids
    await stage.rows('delete from jobs where id = $1', [`mail:receipt:${lost}`])
    await stage.rows(
      `update jobs set state = 'dead', finished_at = now(), last_error = 'no domain' where id = any($1)`,
      [[`mail:receipt:${dead}`, `mail:receipt:${held}`]],
    )
    await stage.rows(`update emails set first_attempt_at = now() - interval '24 hours' where id = $1`, [
      `receipt:${held}`,
    ])
    const before = await everything()
    const actions = (await reconcile('--json --dry-run')).report.findings.map(
      ({ action }: { action: string }) => action,
    )
    expect(actions.toSorted()).toEqual(['see docs/RUNBOOK.md', 'would be queued again', 'would be queued again'])
    expect(await everything()).toEqual(before)
    const { code, report } = await reconcile('--json')
    expect(code).toBe(1)
    const byOrder = Object.fromEntries(report.findings.map((found: { sale: string }) => [found.sale, found]))
    expect(byOrder).toMatchObject({
      [lost]: { kind: 'unsent_mail', ours: 'lost', action: 'queued again', left: false },
      [dead]: { kind: 'unsent_mail', ours: 'dead: no domain', action: 'queued again', left: false },
      [held]: { kind: 'unsent_mail', ours: 'held: no domain', action: 'see docs/RUNBOOK.md', left: true },
    })
    await stage.work()
    expect([(await stage.receiptsOf(lost)).length, (await stage.receiptsOf(dead)).length]).toEqual([1, 1])
    expect(await stage.receiptsOf(held)).toHaveLength(0)
    await stage.rows(
      'update emails set sent_at = now(), rendered_at = now(), to_address = $2, subject = $2 where id = $1',
      [`receipt:${held}`, 'settled by hand'],
    )
  })

  it('ends with 1 and names the sale when one cannot be mended, and mends the others', async () => {
    stage.dropWebhooks()
    const [good, bad] = [await buy(stage, 'book'), await buy(stage, 'book')]
    stage.faults.put({ service: 'stripe', mode: '500', count: 10, path: `/v1/checkout/sessions/${bad}` })
    const { code, report } = await reconcile('--json')
    expect(code).toBe(1)
    expect(report.left).toBe(1)
    expect(report.findings.find(({ sale }: { sale: string }) => sale === bad).action).toMatch(
      /^not mended: The payment service/,
    )
    expect(await stage.ordersOf(good)).toHaveLength(1)
    expect(await stage.ordersOf(bad)).toHaveLength(0)
    stage.faults.put({ service: 'stripe', mode: '500', count: 0, path: `/v1/checkout/sessions/${bad}` })
    expect((await reconcile()).code).toBe(0)
    expect(await stage.ordersOf(bad)).toHaveLength(1)
  })

  it('goes on where it was stopped, with what it had counted; another span or --restart begins anew', async () => {
    await buy(stage, 'book')
    await stage.work()
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    const stopped = await reconcile('--json --dry-run', (_app, paper) => paper.stop())
    expect([stopped.code, stopped.report]).toMatchObject([1, { complete: false, found: 1, left: 1 }])
    expect(stopped.err).toContain('The same command goes on from here')
    expect(existsSync(join(folder, 'reconcile.json'))).toBe(true)

    const asked: string[] = []
    const watched: Adjust = (app) => {
      const { listFacts } = app.payments
      const spy: App['payments']['listFacts'] = (ask) => {
        asked.push(ask.kind)
        return listFacts(ask)
      }
      withPort(app, 'payments', { ...app.payments, listFacts: spy })
    }
    expect((await reconcile('--dry-run --since 29d', watched)).err).toBe('')
    expect(asked.splice(0)).toEqual(['session', 'refund', 'dispute'])
    await reconcile('--json --dry-run', (_app, paper) => paper.stop())
    const resumed = await reconcile('--json --dry-run', watched)
    expect(asked.splice(0)).toEqual(['refund', 'dispute'])
    expect(resumed.err).toContain('Going on where the run of')
    expect([resumed.code, resumed.report]).toMatchObject([1, { complete: true, found: 1, left: 1, findings: [] }])
    expect(existsSync(join(folder, 'reconcile.json'))).toBe(false)
    await reconcile('--json', (_app, paper) => paper.stop())
    await reconcile('--restart', watched)
    expect(asked).toEqual(['session', 'refund', 'dispute'])
    expect(await stage.ordersOf(sessionId)).toHaveLength(1)
  })

  it('waits while Stripe limits it, and when Stripe is down for long says what it did and keeps its place', async () => {
    stage.faults.put({ service: 'stripe', mode: '429', count: 2, path: '/v1/refunds' })
    expect((await reconcile()).code).toBe(0)
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    const { code, out, err } = await reconcile('', (app) => {
      const { listFacts } = app.payments
      const listFirst: App['payments']['listFacts'] = (ask) =>
        ask.kind === 'session' ? listFacts(ask) : Promise.reject(new VendorDown('stripe', 'Stripe does not answer.'))
      withPort(app, 'payments', { ...app.payments, listFacts: listFirst })
    })
    expect([code, err]).toEqual([1, expect.stringMatching(/^Stripe does not answer\.\nStopped before the end/)])
    expect(out).toContain(`missing order  ${sessionId}`)
    expect(await stage.ordersOf(sessionId)).toHaveLength(1)
    expect((await reconcile()).err).toContain('Going on')
  })

  it('says that mails must wait when no worker can be woken, and has mended all the same', async () => {
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    const { code, err } = await reconcile('', (app) => {
      const writeMark = () => Promise.reject(new VendorDown('storage', 'no store here'))
      withPort(app, 'waker', { ...app.waker, poke: async () => false, writeMark })
    })
    expect([code, err]).toEqual([0, expect.stringContaining('within the hour')])
    expect(await stage.ordersOf(sessionId)).toHaveLength(1)
  })

  it('as a process of its own mends the shop that the environment names', async () => {
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    const [{ code, stdout }, wrong] = await Promise.all([runProcess(['reconcile', '--json']), runProcess(['fly'])])
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { found: 1, left: 0, findings: [{ sale: sessionId }] }])
    expect(await stage.ordersOf(sessionId)).toHaveLength(1)
  }, 30_000)
})

/** What `npm run till --` starts, without npm. */
function runProcess(args: string[]): Promise<{ code: number; stdout: string }> {
  const script = new URL('../../cli/till.ts', import.meta.url).pathname
  const env = { ...process.env, TILL_DATA_DIR: folder }
  return new Promise((resolve) => {
    execFile(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], { env }, (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), stdout }),
    )
  })
}
