import { extendLeases } from '../../db/jobs.ts'
import type { App } from '../../shop/app.ts'
import type { ClaimedJob } from '../../shop/jobs.ts'
import type { WorkerLimits } from './run-worker.ts'

/** Keeps the leases of a batch alive while its jobs run one after the other. */
export type Heartbeat = {
  /** Whether somebody else has taken the job over; it must not be begun. */
  hasLost(job: ClaimedJob): boolean
  /** The job needs no lease any more. */
  release(job: ClaimedJob): void
  stop(): Promise<void>
}

/** Renews all held leases and the worker's slot every third of a lease, until it is stopped. */
export function startHeartbeat(app: App, jobs: ClaimedJob[], limits: WorkerLimits): Heartbeat {
  const held = new Map(jobs.map((job) => [job.id, job]))
  const lost = new Set<string>()
  const stopped = new AbortController()
  const beating = beat(app, limits, { held, lost, signal: stopped.signal })
  return {
    hasLost: ({ id }) => lost.has(id),
    release: ({ id }) => void held.delete(id),
    stop: async () => {
      stopped.abort()
      await beating
    },
  }
}

type Hold = { held: Map<string, ClaimedJob>; lost: Set<string>; signal: AbortSignal }

async function beat(app: App, limits: WorkerLimits, { held, lost, signal }: Hold): Promise<void> {
  const { leaseSeconds, holder } = limits
  while (await elapses(app, (leaseSeconds * 1000) / 3, signal)) {
    const jobs = [...held.values()]
    try {
      const kept = new Set(await extendLeases(app.db, { jobs, leaseSeconds, holder }))
      for (const { id } of jobs) if (!kept.has(id) && held.delete(id)) lost.add(id)
    } catch (error) {
      // The fence still protects what runs; the next beat may get through before the lease has run out.
      app.log.error('heartbeat_failed', error)
    }
  }
}

/** True after `ms`, false as soon as the signal aborts. */
async function elapses(app: App, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await app.pause(ms, signal)
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return !signal.aborted
}
