import type { AffiliateLink } from '../../../db/products.ts'
import type { App } from '../../../shop/app.ts'
import { askLink, type LinkAnswer } from './ask-link.ts'
import type { LinkMemory } from './link-memory.ts'
import { createVisits, type Visits } from './visits.ts'

/** `broken`: gone on two runs in a row or more, this one or the last that could tell included. */
export type CheckedLink = AffiliateLink & {
  state: LinkAnswer['verdict'] | 'broken'
  why: string
  /** On how many runs in a row it was gone, and since when. */
  times: number
  since: string | null
}

type Means = {
  memory: LinkMemory
  fetch: typeof fetch
  stopping: AbortSignal
  /** Told of each link when its answer is there. */
  progress(link: CheckedLink): void
}

const BROKEN_AT = 2

/** Asks every link, hosts beside each other, the links of one host one after the other; those not asked when it is stopped are left out. */
export async function checkLinks(app: App, links: AffiliateLink[], means: Means): Promise<CheckedLink[]> {
  const visits = createVisits(app, means.fetch, means.stopping)
  const byHost = Map.groupBy(links, ({ url }) => (URL.canParse(url) ? new URL(url).host : ''))
  const checked = await Promise.all([...byHost.values()].map((ofHost) => checkHost(ofHost, visits, { app, ...means })))
  const order = new Map(links.map(({ slug }, i) => [slug, i]))
  return checked.flat().sort((a, b) => (order.get(a.slug) ?? 0) - (order.get(b.slug) ?? 0))
}

async function checkHost(links: AffiliateLink[], visits: Visits, means: Means & { app: App }): Promise<CheckedLink[]> {
  const visit = visits.ofOneHost()
  const checked: CheckedLink[] = []
  for (const link of links) {
    const known = means.memory[link.url]
    const answer = await askLink(link.url, visit, known !== undefined)
    if (means.stopping.aborted) break
    const result = judge(link, answer, { known, now: means.app.now() })
    means.progress(result)
    checked.push(result)
  }
  return checked
}

type Known = LinkMemory[string] | undefined

/** `unknown` changes nothing about what was known: neither a block nor an outage says that a product is back, or gone. */
function judge(link: AffiliateLink, answer: LinkAnswer, { known, now }: { known: Known; now: Date }): CheckedLink {
  const { verdict, why } = answer
  if (verdict === 'ok') return { ...link, state: 'ok', why, times: 0, since: null }
  const times = (known?.times ?? 0) + (verdict === 'gone' ? 1 : 0)
  const since = known?.since ?? (verdict === 'gone' ? now.toISOString() : null)
  return { ...link, state: times >= BROKEN_AT ? 'broken' : verdict, why, times, since }
}

/** What the next run must know; links that were not asked keep what was known. */
export function remember(links: AffiliateLink[], checked: CheckedLink[], before: LinkMemory): LinkMemory {
  const asked = new Map(checked.map((link) => [link.url, link]))
  const entries = links.flatMap(({ url }): [string, LinkMemory[string]][] => {
    const result = asked.get(url)
    const kept = before[url]
    if (!result) return kept ? [[url, kept]] : []
    return result.since ? [[url, { times: result.times, since: result.since }]] : []
  })
  return Object.fromEntries(entries)
}
