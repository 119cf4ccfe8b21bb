import type { Actor } from './actor.ts'
import type { Row, Told } from './simulated-database.ts'

export type QueueWatch = { hear(actor: Actor, told: Told[]): void }

type Report = (violation: string) => void
type Change = { op: string; old: Row; new: Row }

/**
 * Watches every change of the queue and of orders, whoever makes it: a job is finished only by the actor that leased it last, never
 * leased again once finished, a slot is never taken from a worker whose lease lives, mails leave by slot 1 only, and an order never
 * goes back to an older observation.
 */
export function watchQueue(report: Report, now: () => number): QueueWatch {
  const holders = new Map<string, Actor>()
  const slots = new Map<Actor, number>()
  const watchers: Record<string, (actor: Actor, change: Change) => void> = {
    jobs: (actor, change) => watchJob({ actor, ...change, holders, slots }, report),
    worker_slots: (actor, change) => watchSlot({ actor, ...change, slots }, report, now),
    orders: (_actor, change) => watchOrder(change, report),
  }
  return {
    hear: (actor, told) => {
      // A claim takes its slot and its jobs in one statement: slots first.
      const ordered = told.toSorted((one, other) => Number(one.table === 'jobs') - Number(other.table === 'jobs'))
      for (const { table, op, old, new: fresh } of ordered) {
        if (op === 'delete') report(`a row of ${table} was deleted: ${old?.id ?? old?.slot}`)
        if (op === 'update' && old && fresh) watchers[table]?.(actor, { op, old, new: fresh })
      }
    },
  }
}

type JobChange = Change & { actor: Actor; holders: Map<string, Actor>; slots: Map<Actor, number> }

function watchJob({ actor, old, new: job, holders, slots }: JobChange, report: Report): void {
  const id = String(job.id)
  if (Number(job.fence) < Number(old.fence)) report(`the fence of job ${id} went back`)
  if (Number(job.fence) > Number(old.fence)) {
    if (old.state !== 'open') report(`job ${id} was leased although it is ${old.state}`)
    if (job.kind === 'send_email' && slots.get(actor) !== 1) report(`job ${id} was leased outside of slot 1`)
    holders.set(id, actor)
    return
  }
  // A dead or a reconciler's job may be asked for again; nothing else may happen to it.
  if (old.state !== 'open' && job.state !== 'open') report(`job ${id} was changed after it was ${old.state}`)
  const isFinish = old.state === 'open' && (job.state !== 'open' || job.attempts !== old.attempts)
  if (isFinish && holders.get(id) !== actor)
    report(`job ${id} was finished by ${actor.kind} ${actor.id}, whose lease had been taken over`)
}

type SlotChange = Change & { actor: Actor; slots: Map<Actor, number> }

function watchSlot({ actor, old, new: slot, slots }: SlotChange, report: Report, now: () => number): void {
  const isTaken = slot.holder !== null && slot.holder !== old.holder
  const isAlive = old.holder !== null && Date.parse(String(old.lease_until)) > now() + 1
  if (isTaken && isAlive) report(`slot ${slot.slot} was taken from a worker whose lease was alive`)
  if (slot.holder === null) slots.delete(actor)
  else slots.set(actor, Number(slot.slot))
}

function watchOrder({ old, new: order }: Change, report: Report): void {
  // Both are text of one form and one time zone, so they compare as text, by the microsecond.
  if (String(order.observed_at) < String(old.observed_at))
    report(`order ${order.id} went back from ${old.status} to an older observation: ${order.status}`)
}
