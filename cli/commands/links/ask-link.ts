import { leadsToAmazon } from '../../../shop/affiliates/amazon-link.ts'

/** What an address answered: `gone` is 404 or 410 and nothing else; `unknown` is whatever says nothing about the product. */
export type LinkAnswer = { verdict: 'ok' | 'gone' | 'unknown'; why: string }

/** One request, after the pause that its host is due. */
export type Visit = (method: 'HEAD' | 'GET', url: string) => Promise<Response>

const MOST_HOPS = 5
const LOOKED_AT_BYTES = 65_536
/** How Amazon asks whether one is a robot; the page comes with 200, 404 or 503. */
const CAPTCHA = /captcha|robot check|automated access|api-services-support@amazon/i

/**
 * Asks an address whether its product is still there: HEAD, and GET where HEAD does not say. A link that was gone last time is asked by GET
 * at once, since only a page can be told from a captcha. Never throws: what goes wrong on the way is `unknown`.
 */
export async function askLink(url: string, visit: Visit, wasGone: boolean): Promise<LinkAnswer> {
  try {
    if (!wasGone) {
      const head = await follow('HEAD', url, visit)
      if (head.ok) return { verdict: 'ok', why: `answered ${head.status}` }
      if (isBusy(head)) return { verdict: 'unknown', why: `answered ${head.status}` }
    }
    return await read(await follow('GET', url, visit))
  } catch (error) {
    return { verdict: 'unknown', why: reasonOf(error) }
  }
}

async function read(answer: Response): Promise<LinkAnswer> {
  const isCaptcha = CAPTCHA.test(answer.url) || CAPTCHA.test(await beginningOf(answer))
  if (isCaptcha) return { verdict: 'unknown', why: `answered ${answer.status} with a captcha` }
  const why = `answered ${answer.status}`
  if (answer.ok) return { verdict: 'ok', why }
  return { verdict: answer.status === 404 || answer.status === 410 ? 'gone' : 'unknown', why }
}

function isBusy({ status }: Response): boolean {
  return status === 429 || status === 503
}

/** Follows redirects on the same shop only: what another host answers says nothing about the product. */
async function follow(method: 'HEAD' | 'GET', url: string, visit: Visit): Promise<Response> {
  let at = url
  for (let hop = 0; hop <= MOST_HOPS; hop++) {
    const answer = await visit(method, at)
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null
    if (location === null) return answer
    await answer.body?.cancel()
    const next = new URL(location, at)
    if (next.host !== new URL(at).host) throw new Elsewhere(next.host)
    at = next.href
  }
  throw new Error(`more than ${MOST_HOPS} redirects`)
}

class Elsewhere extends Error {
  constructor(host: string) {
    super(`redirects to ${host}${leadsToAmazon(`https://${host}`) ? ', another shop of Amazon’s' : ''}`)
  }
}

async function beginningOf(answer: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body ?? []) {
    parts.push(part)
    size += part.byteLength
    if (size >= LOOKED_AT_BYTES) break
  }
  return Buffer.concat(parts).toString('utf8')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'did not answer in time'
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
