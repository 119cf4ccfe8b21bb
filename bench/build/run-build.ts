import { type Measured, measure } from './measure.ts'

const CONTENDERS = ['till', 'eleventy', 'astro'] as const
const SIZES = [100, 1000, 10_000]
const ROUNDS = 3

type Name = (typeof CONTENDERS)[number]
type Results = Record<Name, Map<number, Measured[]>>

/** Builds the same catalogues with all contenders in turns and prints tables; returns how many targets were missed. */
export async function runBuild({ quick }: { quick: boolean }): Promise<number> {
  const results: Results = { till: new Map(), eleventy: new Map(), astro: new Map() }
  for (const size of SIZES)
    for (let round = 0; round < (quick ? 1 : ROUNDS); round++)
      for (const name of CONTENDERS) {
        const took = await measure(name, size)
        process.stderr.write(`${size} products, ${name}: ${took.seconds.toFixed(1)} s\n`)
        results[name].set(size, [...(results[name].get(size) ?? []), took])
      }
  process.stdout.write(table(results))
  const targets = judge(results)
  process.stdout.write(targets.map(({ text, isMet }) => `- ${isMet ? 'met' : 'MISSED'}: ${text}\n`).join(''))
  return targets.filter(({ isMet }) => !isMet).length
}

/** The least of all rounds: what else the machine did only ever adds. */
function least(results: Results, name: Name, size: number, field: keyof Measured): number {
  return Math.min(...(results[name].get(size) ?? []).map((took) => took[field]))
}

function table(results: Results): string {
  const head =
    '| Products | Contender | Pages | Seconds | CPU seconds | Peak MB |\n| --: | --- | --: | --: | --: | --: |\n'
  const rows = SIZES.flatMap((size) =>
    CONTENDERS.map((name) => {
      const [pages, seconds, cpu, peak] = (['pages', 'seconds', 'cpu', 'megabytes'] as const).map((field) =>
        least(results, name, size, field),
      )
      return `| ${size} | ${name} | ${pages} | ${seconds?.toFixed(1)} | ${cpu?.toFixed(1)} | ${peak?.toFixed(0)} |\n`
    }),
  )
  return `${head}${rows.join('')}\n`
}

function judge(results: Results): { text: string; isMet: boolean }[] {
  const most = SIZES.at(-1) ?? 0
  const seconds = (name: Name, size = most) => least(results, name, size, 'seconds')
  const bare = seconds('till') / seconds('eleventy')
  const growth = seconds('till') / seconds('till', most / 10)
  const peak = least(results, 'till', most, 'megabytes')
  return [
    { text: `${bare.toFixed(2)} × a bare Eleventy (at most 1.5)`, isMet: bare <= 1.5 },
    {
      text: `${(seconds('till') / seconds('astro')).toFixed(2)} × Astro (below 1)`,
      isMet: seconds('till') < seconds('astro'),
    },
    { text: `ten times the products take ${growth.toFixed(1)} × the time (at most 11)`, isMet: growth <= 11 },
    { text: `${peak.toFixed(0)} MB at the peak (below 600)`, isMet: peak < 600 },
  ]
}
