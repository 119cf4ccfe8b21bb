import lighthouse from 'lighthouse'
import { createSampleSite } from '../../test/site/build-sample-site.ts'
import { openDemoShop } from '../../test/site/demo-shop.ts'
import { orderScenes } from '../../test/site/order-scenes.ts'
import { openBrowser } from '../../test/support/browser.ts'
import { freePort } from '../queue/free-port.ts'
import { serveCompressed } from './serve-compressed.ts'

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const
const SESSION = 'cs_test_bench'
const ROUNDS = 3
/** Nobody should find somebody's order by a search engine, so that page must fail this audit and pass all others. */
const WANTED_FAULTS: Record<string, string[]> = { '/success/': ['is-crawlable'] }

type Name = (typeof CATEGORIES)[number]
/** Of an audit of Lighthouse, what is read here. */
type Audit = { id: string; score: number | null; displayValue?: string }
type Fault = { category: Name; id: string; text: string }
type Result = { path: string; scores: Record<Name, number>; faults: Fault[] }

/** Asks Lighthouse, as on a phone, about pages of the demo shop, and prints tables; returns how many scores are below 100. */
export async function runPages({ quick }: { quick: boolean }): Promise<number> {
  const shop = await openShop()
  const port = await freePort()
  const browser = await openBrowser([`--remote-debugging-port=${port}`])
  try {
    const results: Result[] = []
    for (const path of shop.paths) results.push(await best(shop.url + path, { port, rounds: quick ? 1 : ROUNDS }))
    process.stdout.write(table(results))
    const missed = results.flatMap(missedOf)
    process.stdout.write(missed.map((text) => `- MISSED: ${text}\n`).join('') || '- met: 100 everywhere\n')
    return missed.length
  } finally {
    await browser.close()
    await shop.close()
  }
}

/** The demo shop, built and served, and the addresses to be asked about. */
async function openShop() {
  const [site, demo] = await Promise.all([createSampleSite(), openDemoShop()])
  const paid = orderScenes.find(({ name }) => name === 'paid')
  const server = await serveCompressed(site.folder, (path) => (paid?.answers[path]?.body ?? {}) as object)
  await site.build(undefined, { catalogue: { ...demo.parts.catalogue, siteUrl: server.url } })
  await demo.close()
  const product = /<h3><a href="([^"]+)"/.exec(await site.read('store/index.html'))?.[1] ?? ''
  const close = async () => {
    await server.close()
    await site.remove()
  }
  return { url: server.url, paths: ['/', '/store/', product, `/success/?session_id=${SESSION}`], close }
}

/** The best of the rounds: whatever else the machine does only ever takes from a score. */
async function best(url: string, { port, rounds }: { port: number; rounds: number }): Promise<Result> {
  const results: Result[] = []
  for (let round = 0; round < rounds; round++) results.push(await ask(url, port))
  const sum = ({ scores }: Result) => CATEGORIES.reduce((total, name) => total + scores[name], 0)
  const [first] = results.sort((a, b) => sum(b) - sum(a))
  if (!first) throw new RangeError('at least one round is needed')
  return first
}

async function ask(url: string, port: number): Promise<Result> {
  const answer = await lighthouse(url, { port, logLevel: 'error', output: 'json' })
  if (!answer || answer.lhr.runtimeError)
    throw new Error(`Lighthouse could not open ${url}: ${answer?.lhr.runtimeError?.message}`)
  const { categories, audits } = answer.lhr
  const scores = Object.fromEntries(
    CATEGORIES.map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)]),
  ) as Result['scores']
  const faults = CATEGORIES.flatMap((category) => {
    const weighed = categories[category]?.auditRefs.filter(({ weight }) => weight > 0) ?? []
    return weighed.flatMap(({ id }) => faultOf(category, audits[id]))
  })
  return { path: new URL(url).pathname, scores, faults }
}

function faultOf(category: Name, audit: Audit | undefined): Fault[] {
  if (typeof audit?.score !== 'number' || audit.score >= 0.9) return []
  return [{ category, id: audit.id, text: `${audit.id}${audit.displayValue ? ` (${audit.displayValue})` : ''}` }]
}

function table(results: Result[]): string {
  const head =
    '| Page | Performance | Accessibility | Best practices | SEO | Audits below 90 |\n| --- | --: | --: | --: | --: | --- |\n'
  const rows = results.map(
    ({ path, scores, faults }) =>
      `| ${[path, ...CATEGORIES.map((name) => scores[name]), faults.map(({ text }) => text).join(', ')].join(' | ')} |\n`,
  )
  return `${head}${rows.join('')}\n`
}

function missedOf({ path, scores, faults }: Result): string[] {
  const wanted = WANTED_FAULTS[path] ?? []
  const isExplained = (name: Name) => {
    const own = faults.filter(({ category }) => category === name)
    return own.length > 0 && own.every(({ id }) => wanted.includes(id))
  }
  const below = CATEGORIES.filter((name) => scores[name] < 100 && !isExplained(name))
  return below.map((name) => `${path}: ${scores[name]} in ${name}`)
}
