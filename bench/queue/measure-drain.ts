import type { DrainKind, Queue } from './contender.ts'

/** Jobs that are done before the clock starts, so that the code is compiled and the connections are open. */
const WARM_UP = 1000

/** Fills the queue and empties it. @returns jobs a second */
export async function measureDrain(queue: Queue, { kind, jobs }: { kind: DrainKind; jobs: number }): Promise<number> {
  const drain = queue.drain[kind]
  if (!drain) throw new TypeError(`this contender has no drain of the kind ${kind}`)
  await fillAndDrain(queue, drain, WARM_UP)
  const elapsed = await fillAndDrain(queue, drain, jobs)
  return (jobs / elapsed) * 1000
}

async function fillAndDrain(queue: Queue, drain: () => Promise<number>, jobs: number): Promise<number> {
  await queue.fill(jobs)
  await assertOpen(queue, jobs)
  const elapsed = await drain()
  await assertOpen(queue, 0)
  return elapsed
}

/** A queue that skips work, or was not filled, must not look fast. */
async function assertOpen(queue: Queue, expected: number): Promise<void> {
  const open = await queue.countOpen()
  if (open !== expected) throw new Error(`${open} jobs are open where ${expected} should be`)
}
