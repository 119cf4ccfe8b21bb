import { existsSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'

const USAGE = `npm run bench -- queue|build|pages|admin [--quick] [--strict]

queue: Till's queue against pg-boss and graphile-worker on one PostgreSQL of its own.
build: the pages of 100, 1,000 and 10,000 products against a bare Eleventy and Astro.
admin: the data of every screen of the seller's pages, at 50,000 and 500,000 orders.
pages: what Lighthouse says of the demo shop's pages, as on a phone.
All compare the figures with targets.

  --quick    fewer rounds: about a minute instead of five; the figures vary more
  --strict   exit 1 when a target is missed
  --help     this text

All but admin need their own packages once: npm install --prefix bench
`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, strict: { type: 'boolean' }, help: { type: 'boolean' } },
})

/** Loaded when asked for: each needs peers of its own. */
const RUNS: Record<string, (options: { quick: boolean }) => Promise<number>> = {
  queue: async (options) => (await import('./queue/run-queue.ts')).runQueue(options),
  admin: async (options) => (await import('./admin/run-admin.ts')).runAdmin(options),
  build: async (options) => (await import('./build/run-build.ts')).runBuild(options),
  pages: async (options) => (await import('./pages/run-pages.ts')).runPages(options),
}

async function main(): Promise<number> {
  if (values.help) return say(USAGE, 0)
  const run = RUNS[positionals.join(' ')]
  if (!run) return say(USAGE, 2)
  if (positionals[0] !== 'admin' && !existsSync(new URL('./node_modules/astro/package.json', import.meta.url)))
    return say('The peers are not installed. Run: npm install --prefix bench\n', 2)
  const missed = await run({ quick: values.quick ?? false })
  return values.strict && missed > 0 ? 1 : 0
}

function say(text: string, code: number): number {
  process.stderr.write(text)
  return code
}

process.exitCode = await main()
