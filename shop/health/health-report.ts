import type { HealthState } from './health-state.ts'

/** A sweep comes every minute. */
const SWEEP_RED_S = 600
/** A worker may be at a long shift for twelve minutes. */
const DUE_RED_S = 900

type Light = 'green' | 'red'
export type HealthReport = {
  status: Light
  /** Seconds since the schedule's last run. */
  last_sweep: { status: Light; age_seconds: number | null }
  /** For how many seconds a job has been waiting for a worker; 0 when none waits. */
  oldest_due_job: { status: Light; age_seconds: number }
  dead_jobs: { status: Light; count: number | null }
  /** Says how long ago the last event came; an idle shop has none for days. */
  last_event: { status: Light; age_seconds: number | null }
  schema: { status: Light; version: string | null }
}

type Circumstances = { now: Date; schema: string }

/**
 * What the notes of workers and sweeps mean. What no worker has noted yet is not known and not red: a new shop has had no work. A sweep
 * comes to every shop, so its absence is. A schema newer than this code's is that of a release that was rolled back.
 */
export function reportHealth({ work, sweep }: HealthState, { now, schema }: Circumstances): HealthReport {
  const age = (at: string | null | undefined) => (at ? Math.round((now.getTime() - Date.parse(at)) / 1000) : null)
  const sweptAgo = age(sweep?.at)
  const waiting = Math.max(0, age(work?.next_due_at) ?? 0, age(sweep?.oldest_mark_at) ?? 0)
  const parts = {
    last_sweep: { status: light(sweptAgo !== null && sweptAgo <= SWEEP_RED_S), age_seconds: sweptAgo },
    oldest_due_job: { status: light(waiting <= DUE_RED_S), age_seconds: waiting },
    dead_jobs: { status: light((work?.dead ?? 0) === 0), count: work?.dead ?? null },
    last_event: { status: 'green' as const, age_seconds: age(work?.last_event_at) },
    schema: { status: light(!work || (work.schema ?? '') >= schema), version: work?.schema ?? null },
  }
  return { status: light(Object.values(parts).every(({ status }) => status === 'green')), ...parts }
}

function light(isWell: boolean): Light {
  return isWell ? 'green' : 'red'
}
