import type { SeedReport } from './run-seed.ts'

/** Ten attempts that all die are bad luck for one job in many runs; more of them in one run are jobs that nobody had begun. */
const MOST_DEAD = 2

/** Everything that was wrong with a run; empty when it passed. */
export function faultsOf({ unaided, final, violations, counts }: SeedReport): string[] {
  const dead = counts['dead letters after the storm'] ?? 0
  return [
    ...(dead > MOST_DEAD ? [`${dead} jobs were given up in one storm`] : []),
    ...violations,
    ...unaided.faults.map((fault) => `before the reconciler: ${fault}`),
    ...final.faults.map((fault) => `in the end: ${fault}`),
  ]
}

export type Figures = {
  seeds: number
  sessions: number
  deliveries: number
  crashes: number
  lost: number
  doubledOrders: number
  doubledMails: number
  wrong: number
  violations: number
}

/** The figures of G1 over several runs. */
export function addUp(reports: SeedReport[]): Figures {
  const sum = (pick: (report: SeedReport) => number) => reports.reduce((total, report) => total + pick(report), 0)
  const crashesOf = ({ counts }: SeedReport) =>
    Object.entries(counts).reduce((total, [what, count]) => total + (what.startsWith('crash of') ? count : 0), 0)
  return {
    seeds: reports.length,
    sessions: sum(({ sessions }) => sessions),
    deliveries: sum(({ counts }) => counts.delivery ?? 0),
    crashes: sum(crashesOf),
    lost: sum(({ unaided, final }) => unaided.lost + final.lost),
    doubledOrders: sum(({ final }) => final.doubled),
    doubledMails: sum(({ final }) => final.mailsDoubled),
    wrong: sum(({ unaided, final }) => unaided.wrong + final.wrong),
    violations: sum(({ violations }) => violations.length),
  }
}
