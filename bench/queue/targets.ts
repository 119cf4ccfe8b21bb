import type { Samples } from './samples.ts'
import type { Figure } from './statistics.ts'

/** A promise about Till's queue beside its peers: the figure's median must reach the limit. */
export type Target = { what: string; must: 'at most' | 'at least'; limit: number; figure: Figure; unit: string }

const [BOSS, GRAPHILE] = ['pg-boss', 'graphile-worker'] as const

/** Every target with what this run has measured. Ratios are Till's value divided by the peer's. */
export function listTargets(samples: Samples): Target[] {
  return [...enqueueTargets(samples), ...coldTargets(samples), ...drainTargets(samples), ...sizeTargets(samples)]
}

export function isMet({ must, limit, figure }: Target): boolean {
  return must === 'at most' ? figure.median <= limit : figure.median >= limit
}

function enqueueTargets(samples: Samples): Target[] {
  const against = (of: string, peer: string) => samples.ratio([of, 'till'], [of, peer])
  return [
    atMost('Enqueue, one at a time (p50) ÷ graphile-worker', 0.6, against('enqueue', GRAPHILE)),
    atMost('Enqueue, one at a time (p50) ÷ pg-boss', 0.6, against('enqueue', BOSS)),
    atLeast('Enqueue, 50 at once (rate) ÷ graphile-worker', 3, against('burst', GRAPHILE)),
    atLeast('Enqueue, 50 at once (rate) ÷ pg-boss', 2.5, against('burst', BOSS)),
  ]
}

function coldTargets(samples: Samples): Target[] {
  const best = [BOSS, GRAPHILE].toSorted(
    (a, b) => samples.figure('wake', a).median - samples.figure('wake', b).median,
  )[0]
  return [
    atMost('Requests of a cold wake with one job', 3, samples.figure('wake-statements', 'till'), ''),
    atMost('Requests of an empty wake', 1, samples.figure('empty-statements', 'till'), ''),
    atMost(
      `Process start to one job done, 10 ms away ÷ ${best}`,
      0.6,
      samples.ratio(['wake', 'till'], ['wake', best ?? BOSS]),
    ),
  ]
}

function drainTargets(samples: Samples): Target[] {
  const against = (of: string, peer: string, peers = of) => samples.ratio([of, 'till'], [peers, peer])
  return [
    atLeast('Empty jobs (rate) ÷ graphile-worker, tuned', 1.4, against('noop', GRAPHILE)),
    atLeast('Empty jobs (rate) ÷ pg-boss', 1.7, against('noop', BOSS)),
    atLeast('Orders, at least once (rate) ÷ graphile-worker, tuned', 1.25, against('order', GRAPHILE)),
    atLeast('Orders, at least once (rate) ÷ pg-boss', 1.25, against('order', BOSS)),
    atLeast('Orders, exactly once, one by one (rate) ÷ pg-boss', 3, against('order-once', BOSS)),
    atLeast(
      'Orders, exactly once, as a set (rate) ÷ graphile-worker, at least once',
      5,
      against('order-set', GRAPHILE, 'order'),
    ),
    atLeast('Orders, exactly once, as a set (rate) ÷ pg-boss, at least once', 5, against('order-set', BOSS, 'order')),
  ]
}

function sizeTargets(samples: Samples): Target[] {
  return [
    atMost('Queue code, minified', 8192, samples.figure('bytes', 'till'), ' B'),
    atMost('Import beyond the driver', 1, samples.difference(['import', 'till'], ['import', 'driver']), ' ms'),
    atMost('Claim (p50), full table ÷ empty table', 1.3, samples.ratio(['claim', 'full'], ['claim', 'empty'])),
    atLeast('Claim (p50), full table ÷ empty table', 0.7, samples.ratio(['claim', 'full'], ['claim', 'empty'])),
  ]
}

function atMost(what: string, limit: number, figure: Figure, unit = '×'): Target {
  return { what, must: 'at most', limit, figure, unit }
}

function atLeast(what: string, limit: number, figure: Figure, unit = '×'): Target {
  return { what, must: 'at least', limit, figure, unit }
}
