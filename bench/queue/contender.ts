import type { Pool } from 'pg'
import type { Account } from './postgres.ts'

export const CONTENDERS = ['till', 'pg-boss', 'graphile-worker'] as const
export type ContenderName = (typeof CONTENDERS)[number]

/** What a delivery is to every queue alike: an id that makes it happen once, and about a kilobyte of content. */
export type Delivery = { id: string; body: { id: string; text: string } }

export type DrainKind = 'noop' | 'order' | 'order-once' | 'order-set'

/** Jobs that run at the same time inside one worker process, for every contender. */
export const HANDLERS = 10
/** Jobs taken from the database at once, for every contender. */
export const BATCH = 500

/** An opened queue. `drain` does all waiting jobs and answers how long that took, in milliseconds. */
export type Queue = {
  enqueue(delivery: Delivery): Promise<unknown>
  /** Puts in many jobs at once, by the fastest way that the contender documents; not measured. */
  fill(jobs: number): Promise<unknown>
  drain: Partial<Record<DrainKind, () => Promise<number>>>
  /** Jobs in the queue that are not done. */
  countOpen(): Promise<number>
  close(): Promise<void>
}

export type Contender = {
  /** Makes the contender's tables in an empty database. */
  install(account: Account): Promise<void>
  open(account: Account, pool: Pool): Promise<Queue>
}

export async function loadContender(name: ContenderName): Promise<Contender> {
  const { contender } = (await import(`./contenders/${name}.ts`)) as { contender: Contender }
  return contender
}
