import { describe, expect, it } from 'vitest'
import { reportHealth } from '../../../shop/health/health-report.ts'
import type { HealthState, SweepState, WorkState } from '../../../shop/health/health-state.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000).toISOString()
const WORK: WorkState = {
  at: ago(3600),
  dead: 0,
  next_due_at: null,
  last_event_at: ago(7200),
  schema: '0013_operations.sql',
}
const SWEEP: SweepState = { at: ago(40), oldest_mark_at: null }
const report = (work: Partial<WorkState> = {}, sweep: Partial<SweepState> = {}) =>
  reportHealth(
    { work: { ...WORK, ...work }, sweep: { ...SWEEP, ...sweep } },
    { now: NOW, schema: '0013_operations.sql' },
  )

describe('the report', () => {
  it('is green for a shop that is idle', () => {
    expect(report()).toEqual({
      status: 'green',
      last_sweep: { status: 'green', age_seconds: 40 },
      oldest_due_job: { status: 'green', age_seconds: 0 },
      dead_jobs: { status: 'green', count: 0 },
      last_event: { status: 'green', age_seconds: 7200 },
      schema: { status: 'green', version: '0013_operations.sql' },
    })
  })

  it.each<[string, Partial<WorkState>, Partial<SweepState>, string]>([
    ['a dead job', { dead: 2 }, {}, 'dead_jobs'],
    ['a job that nobody came for', { next_due_at: ago(901) }, {}, 'oldest_due_job'],
    ['a mark that nobody came for', {}, { oldest_mark_at: ago(901) }, 'oldest_due_job'],
    ['a schedule that stands still', {}, { at: ago(601) }, 'last_sweep'],
    ['a schema that is older than the code', { schema: '0012_seller.sql' }, {}, 'schema'],
    ['a database without a schema', { schema: null }, {}, 'schema'],
  ])('is red for %s, and for that only', (_what, work, sweep, part) => {
    const { status, ...parts } = report(work, sweep)
    expect(status).toBe('red')
    expect(
      Object.entries(parts)
        .filter(([, { status }]) => status === 'red')
        .map(([name]) => name),
    ).toEqual([part])
  })

  it.each<[string, Partial<WorkState>, Partial<SweepState>]>([
    ['a job that waits for its time', { next_due_at: ago(-3600) }, {}],
    ['a job that has just become due', { next_due_at: ago(899) }, { oldest_mark_at: ago(899) }],
    ['a release that was rolled back', { schema: '0014_later.sql' }, {}],
    ['no event for a month', { last_event_at: ago(2_592_000) }, {}],
    ['a sweep of ten minutes ago', {}, { at: ago(600) }],
  ])('is green for %s', (_what, work, sweep) => {
    expect(report(work, sweep).status).toBe('green')
  })

  it.each<[string, HealthState, string]>([
    ['nothing was ever written', { work: null, sweep: null }, 'red'],
    ['only the schedule has run yet', { work: null, sweep: SWEEP }, 'green'],
    ['workers work, and no schedule runs', { work: WORK, sweep: null }, 'red'],
  ])('says what is not known where %s', (_what, state, status) => {
    const told = reportHealth(state, { now: NOW, schema: '0013_operations.sql' })
    expect(told.status).toBe(status)
    if (!state.work)
      expect([told.dead_jobs.count, told.schema.version, told.last_event.age_seconds]).toEqual([null, null, null])
  })
})
