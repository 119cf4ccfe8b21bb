import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { raiseAlert } from '../../db/alerts.ts'
import type { Database } from '../../db/database.ts'
import type { App } from '../../shop/app.ts'
import { HANDLERS } from '../../workers/registry.ts'
import { runWorker } from '../../workers/runtime/run-worker.ts'
import { withPort } from '../reconcile/stage.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { type Mail, startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy } from '../support/sale.ts'

let platform: TestPlatform
let pauses = 0

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())
beforeEach(async () => {
  pauses = 0
  await platform.rows('delete from jobs')
  await platform.rows('delete from emails')
  seen = new Set((await platform.mails()).map(({ id }) => id))
})

let seen = new Set<string>()
/** The mails that have gone out since the test began, of one kind. */
async function sent(kind: string): Promise<Mail[]> {
  const mails = await platform.mails()
  return mails.filter(({ id, idempotency_key }) => !seen.has(id) && idempotency_key?.startsWith(`${kind}:`)).reverse()
}

/** The shop with its digests on, whatever it is that `change` changes. */
function appWith(change: Partial<App['shop']['notices']> = {}, db?: Database): App {
  const app = platform.app()
  const notices = { ...app.shop.notices, digestMinutes: 10, ...change }
  const pause = async (_ms: number, signal?: AbortSignal) => {
    if (signal) return new Promise<void>((_, reject) => signal.addEventListener('abort', reject))
    pauses += 1
  }
  const impatient = Object.assign(app, { shop: { ...app.shop, notices }, pause })
  return db ? withPort(impatient, 'db', db) : impatient
}

const work = (app = appWith()) =>
  runWorker(app, HANDLERS, { batch: 10, leaseSeconds: 60, budgetSeconds: 60, holder: randomBytes(4).toString('hex') })

let count = 0
/** Something happens that the seller is told of. */
async function notice(): Promise<string> {
  const id = `evt_${String(++count).padStart(4, '0')}`
  await raiseAlert(platform.app().db, {
    id: `seller_dead_job:${id}`,
    kind: 'seller_dead_job',
    payload: { job_id: id, job_kind: 'sync_order', job_error: 'odd' },
  })
  return id
}

/** As if this many minutes had passed. */
async function pass(minutes: number): Promise<void> {
  await platform.rows(
    `update emails set sent_at = sent_at - $1 * interval '1 minute', first_attempt_at = first_attempt_at - $1 * interval '1 minute'`,
    [minutes],
  )
  await platform.rows(`update jobs set due_at = due_at - $1 * interval '1 minute' where state = 'open'`, [minutes])
  await platform.rows("update worker_slots set lease_until = '-infinity'")
  await platform.rows("update jobs set lease_until = '-infinity' where state = 'open'")
}

/** How often each of these is named in what went out. */
async function told(ids: string[]): Promise<number[]> {
  const text = (await sent('seller_dead_job')).map((mail) => mail.text).join('\n')
  return ids.map((id) => text.split(`Job ${id}`).length - 1)
}

describe('notices', () => {
  it('of a kind go out at once, then at most once in ten minutes, and nothing is lost in it', async () => {
    const ids = [await notice()]
    await work()
    expect(await sent('seller_dead_job')).toHaveLength(1)
    for (let i = 0; i < 12; i++) ids.push(await notice())
    await work()
    await pass(9)
    ids.push(await notice())
    await work()
    expect(await sent('seller_dead_job')).toHaveLength(1)
    await pass(1.1)
    await work()
    const mails = await sent('seller_dead_job')
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Till gave up on a job: sync_order',
      '13 jobs that failed for good',
    ])
    expect(await told(ids)).toEqual(ids.map(() => 1))
    expect(await platform.rows("select id from jobs where state <> 'done'")).toEqual([])
    // Only what was handed to the mail service is followed by a pause.
    expect(pauses).toBe(2)
  })

  it('of different kinds do not wait for each other, and a sale alone comes at once', async () => {
    await notice()
    await work()
    await buy(platform, 'book')
    await work()
    expect(await sent('seller_sale')).toHaveLength(1)
    expect(await sent('seller_dead_job')).toHaveLength(1)
  })

  it('of many sales name every one, with its order', async () => {
    await buy(platform, 'book')
    await work()
    for (const slug of ['print', 'book', 'yen']) await buy(platform, slug)
    await work()
    expect(await sent('seller_sale')).toHaveLength(1)
    await pass(11)
    await work()
    const [, digest] = await sent('seller_sale')
    expect(digest?.subject).toBe('3 sales')
    const orders = await platform.rows<{ id: string }>(
      "select order_id as id from emails where told_in is not null or gathered_at is not null and id like 'seller_sale:%'",
    )
    expect(orders).toHaveLength(4)
    expect(orders.filter(({ id }) => digest?.text.includes(id))).toHaveLength(3)
    expect(digest?.html).toContain('In Yen')
  })

  it('that are switched off are not sent, and hold up no other', async () => {
    await notice()
    await buy(platform, 'book')
    await work(appWith({ deadJob: false }))
    expect(await sent('seller_dead_job')).toEqual([])
    expect(await sent('seller_sale')).toHaveLength(1)
    expect(await platform.rows("select id from emails where kind = 'seller_dead_job' and voided_at is null")).toEqual(
      [],
    )
  })

  it('come one by one where the seller wants that', async () => {
    const ids = [await notice(), await notice()]
    await work(appWith({ digestMinutes: 0 }))
    expect(await sent('seller_dead_job')).toHaveLength(2)
    expect(await told(ids)).toEqual([1, 1])
  })

  it('wait while the one that carries them is refused, and come in the next', async () => {
    expectErrors()
    const ids = [await notice(), await notice()]
    platform.faults.put({ service: 'resend', mode: '429', count: 1 })
    await work()
    ids.push(await notice())
    await work()
    expect(await sent('seller_dead_job')).toEqual([])
    await pass(30)
    await work()
    await pass(11)
    await work()
    expect((await sent('seller_dead_job')).map(({ subject }) => subject)).toEqual([
      '2 jobs that failed for good',
      expect.stringContaining('gave up'),
    ])
    expect(await told(ids)).toEqual([1, 1, 1])
  })
})

/** A database that breaks off once: before the statement that `part` is in, or after it was done. */
function breaking(part: RegExp, when: 'before' | 'after'): Database {
  const { db } = platform.app()
  let isBroken = false
  return async (strings, ...values) => {
    const isMeant = !isBroken && part.test(strings.join('?'))
    if (isMeant) isBroken = true
    if (isMeant && when === 'before') throw new Error('killed')
    const rows = await db(strings, ...values)
    if (isMeant) throw new Error('killed')
    return rows as never
  }
}

describe('a worker that is killed', () => {
  const STATEMENTS = [
    /set gathered_at = now/,
    /where told_in =/,
    /rendered_at = now/,
    /first_attempt_at = coalesce/,
    /resend_id =/,
  ]
  it.each(STATEMENTS.flatMap((part) => [[part, 'before'] as const, [part, 'after'] as const]))(
    'at %s (%s it) loses no notice and tells none twice',
    async (part, when) => {
      expectErrors()
      const ids = [await notice(), await notice(), await notice()]
      // The job fails and goes back, as after a kill its lease ends.
      await work(appWith({}, breaking(part, when)))
      ids.push(await notice())
      for (let i = 0; i < 4; i++) {
        await pass(11)
        await work()
      }
      expect(await told(ids)).toEqual([1, 1, 1, 1])
      expect(await platform.rows("select id from jobs where state <> 'done'")).toEqual([])
    },
  )
})
