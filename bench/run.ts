import { existsSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'

const USAGE = `npm run bench -- queue [--quick] [--strict]

Measures Till's queue against pg-boss and graphile-worker on one PostgreSQL of its own, and compares the figures with targets.

  --quick    fewer rounds: about a minute instead of five; the figures vary more
  --strict   exit 1 when a target is missed
  --help     this text

Needs its own packages once: npm install --prefix bench
`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, strict: { type: 'boolean' }, help: { type: 'boolean' } },
})

async function main(): Promise<number> {
  if (values.help) return say(USAGE, 0)
  if (positionals.join(' ') !== 'queue') return say(USAGE, 2)
  if (!existsSync(new URL('./node_modules/pg-boss/package.json', import.meta.url)))
    return say('The peers are not installed. Run: npm install --prefix bench\n', 2)
  const { runQueue } = await import('./queue/run-queue.ts')
  const missed = await runQueue({ quick: values.quick ?? false })
  return values.strict && missed > 0 ? 1 : 0
}

function say(text: string, code: number): number {
  process.stderr.write(text)
  return code
}

process.exitCode = await main()
