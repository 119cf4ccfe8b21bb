import { CONTENDERS, type ContenderName, type DrainKind } from './contender.ts'
import type { Laboratory } from './laboratory.ts'
import type { ClaimFigures } from './measure-claims.ts'
import type { EnqueueFigures } from './measure-enqueue.ts'
import type { Plan } from './plan.ts'
import { runChild } from './run-child.ts'
import type { Samples } from './samples.ts'

type Round = { laboratory: Laboratory; plan: Plan; samples: Samples }

/** Who begins changes from round to round: what the one before leaves to the disk must not fall on the same one every time. */
function inTurn<Name>(names: readonly Name[], round: number): Name[] {
  const first = round % names.length
  return [...names.slice(first), ...names.slice(0, first)]
}

/** Which drains there are, and who can take part. */
const DRAINS: [DrainKind, readonly ContenderName[]][] = [
  ['noop', CONTENDERS],
  ['order', CONTENDERS],
  // graphile-worker completes a job outside of its task's transaction, so it has no exactly-once form.
  ['order-once', ['till', 'pg-boss']],
  ['order-set', ['till']],
]

/** One round of everything that is measured in processes of its own, the contenders one after the other. */
export async function measureRound({ laboratory, plan, samples }: Round, round: number): Promise<void> {
  for (const contender of inTurn(CONTENDERS, round)) {
    const { p50, rate } = await laboratory.withDatabase(contender, (account) =>
      runChild<EnqueueFigures>({ contender, account, measure: 'enqueue', ...plan.enqueue }),
    )
    samples.add('enqueue', contender, p50)
    samples.add('burst', contender, rate)
  }
  for (const [kind, contenders] of DRAINS)
    for (const contender of inTurn(contenders, round)) {
      const { jobs } = plan
      const order = { contender, measure: 'drain', kind, jobs } as const
      const rate = laboratory.withDatabase(contender, (account) => runChild<number>({ ...order, account }))
      samples.add(kind, contender, await rate)
    }
}

/** Claims against an empty and a full table; only Till promises something here. */
export async function measureFullTable({ laboratory, plan, samples }: Round): Promise<void> {
  const { repeats, ...size } = plan.claims
  for (let repeat = 0; repeat < repeats; repeat++) {
    const { empty, full } = await laboratory.withDatabase('till', (account) =>
      runChild<ClaimFigures>({ contender: 'till', account, measure: 'claims', ...size }),
    )
    samples.add('claim', 'empty', empty)
    samples.add('claim', 'full', full)
  }
}
