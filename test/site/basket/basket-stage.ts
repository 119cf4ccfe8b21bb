import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from '../../support/browser.ts'
import { createSampleSite } from '../build-sample-site.ts'
import { sampleProducts } from '../sample-products.ts'
import { type Answer, type Question, serveSite } from '../serve-site.ts'

/** The built shop in front of answers that a test makes up, and one browser; every test gets tabs of its own. */
export async function openStage() {
  const site = await createSampleSite()
  const [book] = sampleProducts
  const yen = { ...book, id: 'prd_yen', slug: 'yen', title: 'In Yen', unit_amount: 1500, currency: 'jpy' }
  await site.build([...sampleProducts, yen as (typeof sampleProducts)[number]])
  const said = { questions: [] as Question[], answers: [] as (Answer | null)[], complaints: [] as string[] }
  const server = await serveSite(site.folder, (question) => {
    said.questions.push(question)
    return (said.answers.length > 1 ? said.answers.shift() : said.answers[0]) ?? null
  })
  const browser: Browser = await openBrowser()
  let context: BrowserContext | undefined

  /** A tab of this test's browser profile, whose errors are complaints. */
  async function openTab(): Promise<Page> {
    const page = await (context ?? (await begin())).newPage()
    page.on('pageerror', (error) => said.complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        said.complaints.push(message.text())
    })
    return page
  }

  async function begin(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    await context?.close()
    Object.assign(said, { questions: [], answers: [], complaints: [] })
    context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options })
    return context
  }

  return {
    url: server.url,
    said,
    openTab,
    /** A new profile: nothing is kept, nothing was asked. */
    begin,
    async close() {
      await context?.close()
      await browser.close()
      await server.close()
      await site.remove()
    },
  }
}
