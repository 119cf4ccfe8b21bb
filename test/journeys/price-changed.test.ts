import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { askDatabase } from '../support/shop-client.ts'
import { findFreePorts, type ShopProcess, startShop } from '../support/shop-process.ts'

let shop: ShopProcess
let folder: string
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-price-'))
  shop = await startShop({ folder, port: await findFreePorts() })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await shop?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('a buyer whose page is older than the price', () => {
  it('is shown both prices, and pays the new one only after agreeing to it', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${shop.siteUrl}/store/small-and-finished/`)
    const seen = await page.locator('.offer .price').textContent()
    await askDatabase(folder, (db) => db`update products set unit_amount = 4321 where slug = 'small-and-finished'`)

    await page.locator('a[href^="/go/small-and-finished"]').first().click()
    await page.locator('h1', { hasText: 'The price has changed' }).waitFor()
    expect(await page.locator('s').textContent()).toBe(seen)
    const way = page.getByRole('link', { name: 'Buy for €43.21' })
    expect(await page.getByRole('link', { name: 'Back to the product' }).getAttribute('href')).toBe(
      '/store/small-and-finished/',
    )
    expect(await page.locator('link[rel=stylesheet]').count()).toBeGreaterThan(0)

    await way.click()
    await page.waitForURL(`${shop.servicesUrl}/checkout/**`)
    expect(await page.locator('.total').textContent()).toBe('€43.21')
    await context.close()
  })
})
