import process from 'node:process'

/** `node child.ts <contender> <products> <folder>`: builds once in this process, and says what it took. */
const [contender = '', count = '0', folder = ''] = process.argv.slice(2)
const BUILDS: Record<string, () => Promise<(count: number, folder: string) => Promise<void>>> = {
  till: async () => (await import('./build-till.ts')).buildTill,
  eleventy: async () => (await import('./build-bare.ts')).buildBare,
  astro: async () => (await import('./build-astro.ts')).buildAstro,
}

const load = BUILDS[contender]
if (!load) throw new TypeError(`There is no contender ${contender}`)
const build = await load()
await build(Number(count), folder)
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
process.send?.({
  seconds: performance.now() / 1000,
  cpu: (userCPUTime + systemCPUTime) / 1e6,
  megabytes: maxRSS / 1024,
})
