import { availableParallelism, loadavg } from 'node:os'
import process from 'node:process'
import { openLaboratory } from './laboratory.ts'
import { measureBundles, measureWakes } from './measure-cold.ts'
import { measureFullTable, measureRound } from './measure-rounds.ts'
import { FULL, QUICK } from './plan.ts'
import { describeRun } from './report.ts'
import { createSamples, type Samples } from './samples.ts'
import { isMet, listTargets } from './targets.ts'

/** Measures the queue beside its peers and prints tables. @returns how many targets were missed */
export async function runQueue({ quick }: { quick: boolean }): Promise<number> {
  const laboratory = await openLaboratory()
  const samples = createSamples()
  try {
    tell(`PostgreSQL ${laboratory.version}, Node ${process.versions.node}`)
    await measureAll({ laboratory, plan: quick ? QUICK : FULL, samples })
  } finally {
    await laboratory.close()
  }
  return conclude(samples)
}

async function measureAll(run: Parameters<typeof measureRound>[0]): Promise<void> {
  for (let round = 1; round <= run.plan.rounds; round++) {
    tell(`enqueue and drain, round ${round} of ${run.plan.rounds}`)
    await measureRound(run, round)
  }
  tell('cold wakes')
  await measureWakes(run)
  tell('bundles and imports')
  await measureBundles(run)
  tell('claims from a full table')
  await measureFullTable(run)
}

function conclude(samples: Samples): number {
  const targets = listTargets(samples)
  const missed = targets.filter((target) => !isMet(target)).length
  process.stdout.write(`\n${describeRun(samples, targets)}\n\n`)
  tell(missed === 0 ? 'Every target is met.' : `${missed} of ${targets.length} targets are missed.`)
  const [load = 0] = loadavg()
  if (load > availableParallelism() * 1.5)
    tell(
      `Load is ${load.toFixed(1)} on ${availableParallelism()} cores: others are at work here, and these figures are theirs, too.`,
    )
  return missed
}

/** Progress goes beside the tables, which a person may want to keep in a file. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
