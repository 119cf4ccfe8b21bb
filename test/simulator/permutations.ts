import { findObservedAt } from '../../db/observed-at.ts'
import { writeOrder } from '../../db/orders.ts'
import type { App } from '../../shop/app.ts'
import { recordOf } from '../../shop/orders/order-record.ts'
import type { ObservedSession } from '../../shop/payments/observed-session.ts'
import { createLevers } from './levers.ts'
import type { World } from './world.ts'

/** F15: everything that can happen to one payment, in the order in which it does. */
export const HAPPENINGS = [
  'completed',
  'async_succeeded',
  'partial refund',
  'dispute opened',
  'dispute won',
  'full refund',
] as const

/** All orders of the numbers below `count`; 720 of six. */
export function permutations(count: number): number[][] {
  if (count === 0) return [[]]
  const insertions = (shorter: number[]) =>
    Array.from({ length: count }, (_, place) => shorter.toSpliced(place, 0, count - 1))
  return permutations(count - 1).flatMap(insertions)
}

/** What the shop sees of one payment after each happening, read through its own adapter. */
export async function observeEachStage(world: World, sessionId: string): Promise<ObservedSession[]> {
  const levers = createLevers(world.vendors.world)
  const refund = (amount?: number) => {
    levers.refund(sessionId, amount)
    levers.refundsArrive(sessionId)
  }
  const acts = [
    () => void levers.pay(sessionId, 'laterPaid'),
    () => levers.settle(sessionId),
    () => refund(600),
    () => levers.dispute(sessionId),
    () => levers.decide(sessionId, 'won'),
    () => refund(),
  ]
  const seen: ObservedSession[] = []
  for (const act of acts) {
    act()
    void world
      .spawn('success', (app) => app.payments.readSession(sessionId))
      .then((end) => end.kind === 'done' && end.value && seen.push(end.value))
    const wanted = acts.indexOf(act) + 1
    await world.timeline.run(() => seen.length === wanted && world.actors() === 0)
  }
  return seen
}

type Writing = { db: App['db']; newId: App['newId']; stages: ObservedSession[] }

/**
 * Six syncs that each saw another stage, in the order in which they happened, and that wrote in another one: the slowest of them may have
 * seen the oldest. Each order of writing gets a sale of its own, `copy`.
 */
export async function writeInOrder({ db, newId, stages }: Writing, order: number[], copy: number): Promise<string> {
  const seenAt: string[] = []
  for (const _ of stages) seenAt.push(await findObservedAt(db))
  for (const place of order) {
    const [stage, observedAt] = [stages[place], seenAt[place]]
    if (!stage || !observedAt) throw new TypeError(`there is no stage ${place}`)
    const record = recordOf(copied(stage, copy), { observedAt, newId, revoke: 'items' })
    await writeOrder(db, record, { tellSale: true })
  }
  return copied(stages[0] as ObservedSession, copy).id
}

function copied(session: ObservedSession, copy: number): ObservedSession {
  const own = <Part extends { id: string }>(part: Part): Part => ({ ...part, id: `${part.id}_${copy}` })
  const { refunds, disputes, paymentIntentId } = session
  return {
    ...own(session),
    paymentIntentId: `${paymentIntentId}_${copy}`,
    refunds: refunds.map(own),
    disputes: disputes.map(own),
  }
}
