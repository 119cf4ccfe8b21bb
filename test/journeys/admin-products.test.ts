import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PART_BYTES } from '../../shop/catalogue/upload-parts.ts'
import { adminProductWords as words } from '../../site/_data/admin-product-words.ts'
import { openBrowser } from '../support/browser.ts'
import { askDatabase } from '../support/shop-client.ts'
import { findFreePorts, type ShopProcess, startShop } from '../support/shop-process.ts'
import { addAdmin, enterAdmin } from '../support/sign-in-page.ts'

const EMAIL = 'mara@example.com'

let shop: ShopProcess
let folder: string
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-admin-products-'))
  shop = await startShop({ folder: join(folder, 'shop'), port: await findFreePorts() })
  browser = await openBrowser()
  await addAdmin(shop, EMAIL)
  const picture = sharp({ create: { width: 900, height: 600, channels: 3, background: '#b5532d' } })
  await writeFile(join(folder, 'red.jpg'), await picture.clone().jpeg().toBuffer())
  await writeFile(join(folder, 'blue.png'), await picture.clone().tint('#2d4fb5').png().toBuffer())
  await writeFile(join(folder, 'fake.png'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(folder, 'cut.png'), (await picture.clone().png().toBuffer()).subarray(0, 80))
})
afterAll(async () => {
  await browser?.close()
  await shop?.stop()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  complaints = []
  context = await browser.newContext()
  page = await newPage()
  await enterAdmin(page, shop, { email: EMAIL, at: '#products' })
  await page.getByRole('heading', { name: words.title, exact: true }).waitFor()
})
afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
})

async function newPage(): Promise<Page> {
  const opened = await context.newPage()
  opened.on('pageerror', (error) => complaints.push(error.message))
  opened.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  return opened
}

const field = (label: string, where = page) => where.getByLabel(label, { exact: true })
const press = (name: string, where = page) => where.getByRole('button', { name, exact: true }).click()
const said = (where = page) => where.locator('.said')
const preview = (where = page) => where.frameLocator('.preview iframe')
const titles = () => page.locator('.listed-title').allTextContents()
const choose = (label: string, ...names: string[]) =>
  field(label).setInputFiles(names.map((name) => join(folder, name)))

async function look(name: string): Promise<void> {
  if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, `${name}.png`), fullPage: true })
}

async function isAccessible(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

async function openProduct(title: string, where = page): Promise<void> {
  await where.goto(`${shop.siteUrl}/admin/#products`)
  await where.locator('.product-list a').filter({ hasText: title }).first().click()
  await where.getByRole('heading', { name: title, exact: true }).first().waitFor()
}

async function makeDraft(title: string): Promise<void> {
  await page.goto(`${shop.siteUrl}/admin/#product/new`)
  await field(words.fields.title).fill(title)
  await field(words.fields.price).fill('12')
  await press(words.save)
  await page.getByRole('heading', { name: words.file.title }).waitFor()
}

/** What the catalogue says of a product. */
function rows<Row extends object>(title: string): Promise<Row[]> {
  return askDatabase(
    join(folder, 'shop'),
    (db) => db<Row>`select title, summary, status, unit_amount::int, images from products where title = ${title}`,
  )
}

describe('the products in the seller’s page', () => {
  it('are made with a picture, a price and a file, seen as they will look, and put on the shelf', async () => {
    await page.getByRole('link', { name: words.add }).click()
    await field(words.fields.title).fill('Größe & Maß')
    expect(await field(words.fields.slug).inputValue()).toBe('grosse-mass')
    await field(words.fields.price).fill('1.900')
    await field(words.fields.description).fill('# About\n\nIt is *finished*.')
    await preview().getByRole('heading', { name: 'Größe & Maß' }).waitFor()
    await preview().locator('em', { hasText: 'finished' }).waitFor()
    await press(words.save)
    const problem = page.locator('#price-problem')
    await problem.getByText('can be read in two ways').waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('price')
    await field(words.fields.price).fill('19')
    await preview().locator('.price-large', { hasText: '€19.00' }).waitFor()
    await choose(words.pictures.add, 'red.jpg', 'blue.png')
    await page.locator('.picture-list li').nth(1).waitFor()
    await look('new-with-pictures')
    await press(words.save)
    await page.locator('#picture-0-problem', { hasText: 'is missing' }).waitFor()
    await field(words.pictures.alt(1)).fill('Something red')
    await field(words.pictures.alt(2)).fill('Something blue')
    await press(words.pictures.later(1))
    expect(await field(words.pictures.alt(1)).inputValue()).toBe('Something blue')
    await press(words.save)
    await page.getByRole('heading', { name: words.file.title }).waitFor()
    await writeFile(join(folder, 'book.pdf'), `%PDF-1.7 ${'x'.repeat(5_000)}`)
    await choose(words.file.choose, 'book.pdf')
    await press(words.file.send)
    await said().getByText(words.file.done('book.pdf', 1)).waitFor()
    await preview().getByText('book.pdf').waitFor()
    await press(words.publish)
    await said().getByText(words.published).waitFor()
    await isAccessible()
    await look('published')
    const [row] = await rows<{ status: string; unit_amount: number; images: object[] }>('Größe & Maß')
    expect(row).toMatchObject({
      status: 'published',
      unit_amount: 1900,
      images: [{ alt: 'Something blue' }, { alt: 'Something red' }],
    })
  })

  it('are changed by two editors at once, and neither loses anything', async () => {
    await makeDraft('A Shared Thing')
    const address = page.url()
    const other = await newPage()
    await other.goto(address)
    await field(words.fields.summary, other).waitFor()
    await field(words.fields.title).fill('First title')
    await field(words.fields.summary).fill('From the first editor')
    await press(words.save)
    await said().getByText(words.saved).waitFor()
    await field(words.fields.title, other).fill('Second title')
    await field(words.fields.price, other).fill('15')
    await press(words.save, other)
    const dialog = other.getByRole('dialog')
    await dialog.getByText(words.conflict.text(EMAIL)).waitFor()
    await dialog.getByText(words.conflict.merged(words.fields.summary)).waitFor()
    expect(await dialog.locator('.choice').allTextContents()).toEqual([
      `${words.conflict.mine}: Second title`,
      `${words.conflict.theirs}: First title`,
    ])
    if (process.env.LOOK) await other.screenshot({ path: join(process.env.LOOK, 'conflict.png') })
    await dialog.getByText(`${words.conflict.theirs}: First title`).click()
    await dialog.getByRole('button', { name: words.conflict.button }).click()
    await said(other).getByText(words.conflict.done).waitFor()
    expect(await field(words.fields.title, other).inputValue()).toBe('First title')
    expect(await field(words.fields.price, other).inputValue()).toBe('15')
    await press(words.save, other)
    await said(other).getByText(words.saved).waitFor()
    const [row] = await rows<{ title: string; summary: string; unit_amount: number }>('First title')
    expect(row).toMatchObject({ title: 'First title', summary: 'From the first editor', unit_amount: 1500 })
  })

  it('are put in another order by keyboard and by hand, and stay there', async () => {
    const before = await titles()
    const handle = (title: string) => page.getByRole('button', { name: words.order.handle(title), exact: true })
    const [first = '', second = '', third = ''] = before
    await handle(first).focus()
    await page.keyboard.press('ArrowDown')
    await page.locator('#status', { hasText: words.order.moved(first, 2) }).waitFor({ state: 'attached' })
    expect((await titles()).slice(0, 3)).toEqual([second, first, third])
    const [from, to] = [await handle(third).boundingBox(), await handle(second).boundingBox()]
    if (!from || !to) throw new Error('the handles must be seen')
    await page.mouse.move(from.x + 10, from.y + 10)
    await page.mouse.down()
    await page.mouse.move(to.x + 10, to.y + 15, { steps: 5 })
    await page.mouse.move(to.x + 10, to.y + 4, { steps: 3 })
    await page.mouse.up()
    await page.locator('#status', { hasText: words.order.moved(third, 1) }).waitFor({ state: 'attached' })
    await page.reload()
    await page.locator('.listed-title').first().waitFor()
    expect((await titles()).slice(0, 3)).toEqual([third, second, first])
    await isAccessible()
    await look('list')
  })

  it('get a file whose upload is interrupted by a reload: it goes on by itself with what is missing', async () => {
    await makeDraft('A Large Thing')
    await writeFile(join(folder, 'large.zip'), randomBytes(PART_BYTES + 1_000))
    const sent: string[] = []
    page.on('request', (request) => {
      const part = /admin_upload_part.*part=(\d)/.exec(request.url())?.[1]
      if (part) sent.push(part)
    })
    let isHeld = true
    await page.route(/admin_upload_part.*part=2/, (route) => (isHeld ? undefined : route.continue()))
    await choose(words.file.choose, 'large.zip')
    await press(words.file.send)
    await expect.poll(() => sent, { timeout: 20_000 }).toEqual(['1', '2'])
    isHeld = false
    await page.reload()
    await said().getByText(words.file.done('large.zip', 1)).waitFor()
    expect(sent).toEqual(['1', '2', '2'])
    await page.reload()
    await page.getByRole('heading', { name: words.file.title }).waitFor()
    await page.getByText(words.file.states.current ?? '').waitFor()
    expect(sent).toHaveLength(3)
  })

  it('show the command for a file that is too large for a page, and take no picture that is none', async () => {
    await makeDraft('A Huge Thing')
    const huge = await open(join(folder, 'it’s huge.zip'), 'w')
    await huge.truncate(19_000_001)
    await huge.close()
    await choose(words.file.choose, 'it’s huge.zip')
    await press(words.file.send)
    await page.getByText("npm run till -- file push a-huge-thing 'it’s huge.zip'", { exact: true }).waitFor()
    await choose(words.pictures.add, 'fake.png')
    await page.getByText('fake.png: It is no JPEG').waitFor()
    await choose(words.pictures.add, 'cut.png')
    await page.getByText(`cut.png: ${words.pictures.unreadable}`).waitFor()
    expect(await page.locator('.picture-list li').count()).toBe(0)
  })

  it('are usable on a phone, and taken off the shelf after a question', async () => {
    await page.setViewportSize({ width: 320, height: 700 })
    await isAccessible()
    await look('list-phone')
    await openProduct('Größe & Maß')
    await preview().getByRole('heading', { name: 'Größe & Maß' }).waitFor()
    await isAccessible()
    await look('product-phone')
    const dialog = page.getByRole('dialog')
    await press(`${words.file.withdraw}: book.pdf, 1`)
    await dialog.getByRole('button', { name: words.file.withdraw }).click()
    await said().getByText(words.file.withdrawn('book.pdf', 1)).waitFor()
    await press(`${words.file.restore}: book.pdf, 1`)
    await said().getByText(words.file.restored('book.pdf', 1)).waitFor()
    await isAccessible()
    await press(words.retire)
    await dialog.getByText(words.retireSure.text).waitFor()
    await page.keyboard.press('Escape')
    await press(words.retire)
    await dialog.getByRole('button', { name: words.retire }).click()
    await said().getByText(words.retired).waitFor()
    await page.getByText(words.states.retired ?? '', { exact: true }).waitFor()
  })
})
