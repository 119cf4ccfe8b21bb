import { getStore } from '@netlify/blobs'
import { sweepJobs } from '../../../workers/sweep-jobs.ts'
import { signInAsAdmin } from '../../support/admin.ts'
import { claimHeader } from '../../support/claims.ts'
import { addDemoProducts } from '../../support/demo-products.ts'
import { startPlatform } from '../../support/platform.ts'
import { sell, signIn } from '../../support/portal.ts'
import { post } from '../../support/sale.ts'
import type { Door } from './every-door.ts'
import type { Question } from './questions.ts'

export type Stage = Awaited<ReturnType<typeof openStage>>
export type Who = 'nobody' | 'other' | 'buyer' | 'admin'

const BUYER = 'own.buyer@example.com'
const OTHER = 'other.buyer@example.com'
/** One white pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='
const PICTURE = 'a'.repeat(64)

/** A shop that has sold something to two buyers, each of whom has an account, and whose seller is signed in. */
export async function openStage() {
  const platform = await startPlatform()
  await addDemoProducts(platform)
  await getStore('product-images').set(PICTURE, new Blob([Buffer.from(PIXEL, 'base64')]))
  const sale = await sell(platform, BUYER)
  const otherSale = await sell(platform, OTHER)
  const cookies: Record<Who, string> = {
    nobody: '',
    other: [claimHeader(otherSale.sessionId).cookie, await signIn(platform, OTHER)].join('; '),
    buyer: [claimHeader(sale.sessionId).cookie, await signIn(platform, BUYER)].join('; '),
    admin: await signInAsAdmin(platform),
  }
  const link = async () => {
    const answer = await post(platform, '/get_entitlements', { session_id: sale.sessionId })
    return ((await answer.json()) as { downloads: { url: string }[] }).downloads[0]?.url ?? ''
  }
  await link()
  await platform.store.settled()
  await platform.work()
  await sweepJobs(platform.app())
  return {
    platform,
    sale,
    cookies,
    buyer: BUYER,
    fileId: 'fil_prd_book',
    picture: PICTURE,
    /** What is the buyer's own and nobody else's. */
    own: [sale.orderId, sale.itemId, sale.sessionId, BUYER],
    link,
    close: () => platform.close(),
  }
}

/** The question as a page of ours asks it in somebody's browser. */
export function requestOf(
  { siteUrl, cookie }: { siteUrl: string; cookie: string },
  { path }: Door,
  { method, slug = '', query = '', body, type = 'application/json' }: Question,
): Request {
  const url = `${siteUrl}${path.replace(':slug', slug)}${query}`
  const headers = {
    'sec-fetch-site': 'same-origin',
    'user-agent': 'Mozilla/5.0 Firefox/140.0',
    ...(cookie && { cookie }),
  }
  if (method === 'GET') return new Request(url, { headers })
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new Request(url, { method: 'POST', body: text, headers: { ...headers, 'content-type': type } })
}
