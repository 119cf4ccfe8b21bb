import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import shop from '../../shop.config.ts'
import { openBrowser } from '../support/browser.ts'
import { createSampleSite, type SampleSite } from './build-sample-site.ts'
import { type Question, serveSite } from './serve-site.ts'

const AMAZON = 'https://www.amazon.com/dp/B000000000?tag=tillexample-20'

let site: SampleSite
let server: Awaited<ReturnType<typeof serveSite>>
let browser: Browser
const reports: Question[] = []

beforeAll(async () => {
  site = await createSampleSite()
  await site.build(undefined, { shop: { ...shop, affiliate: { ...shop.affiliate, linkMode: 'direct' } } })
  server = await serveSite(site.folder, (question) => {
    reports.push(question)
    return { status: 200, body: {} }
  })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await site?.remove()
})

/** Follows the link of the recommendation; Amazon itself is not asked. */
async function follow(javaScriptEnabled: boolean) {
  reports.length = 0
  const context = await browser.newContext({ javaScriptEnabled })
  const page = await context.newPage()
  const asked: { url: string; referer: string | undefined }[] = []
  await context.route('https://www.amazon.com/**', (route, request) => {
    asked.push({ url: request.url(), referer: request.headers().referer })
    return route.fulfill({ status: 200, body: 'Amazon', contentType: 'text/html' })
  })
  const problems: string[] = []
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(`${server.url}/store/mat/`)
  await page.getByRole('link', { name: /amazon/i }).click()
  await page.waitForURL(AMAZON)
  return { asked, problems, context }
}

describe('a link that leads to the other shop at once', () => {
  it('reports the click with the product alone, behind the page that opens', async () => {
    const { asked, problems, context } = await follow(true)
    await expect.poll(() => reports.length).toBe(1)
    expect(reports[0]).toMatchObject({ path: '/log_click', body: { slug: 'mat' } })
    expect(asked).toEqual([{ url: AMAZON, referer: `${server.url}/` }])
    expect(problems).toEqual([])
    await context.close()
  })

  it('works without JavaScript, uncounted', async () => {
    const { asked, context } = await follow(false)
    expect(asked.map(({ url }) => url)).toEqual([AMAZON])
    await context.close()
    expect(reports).toEqual([])
  })
})
