import { pathToFileURL } from 'node:url'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** Size of a sheet of paper in millimetres. */
export type Sheet = { width: number; height: number }

let browser: Browser | undefined

// In one process, closing a page closes the browser.
const args = chromium.args.filter((argument) => argument !== '--single-process')

async function openPage(html: string, width: number, height: number) {
  browser ??= await playwright.launch({ executablePath: await chromium.executablePath(), args })
  const page = await browser.newPage({ viewport: { width, height } })
  // A file address, so that the page may load fonts from disk.
  await page.goto(pathToFileURL(`${import.meta.dirname}/blank.html`).href)
  await page.setContent(html, { waitUntil: 'load' })
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  return page
}

/** Renders HTML to JPEG bytes, `width` × `height` pixels. */
export async function toJpeg(html: string, width: number, height: number, quality = 86): Promise<Buffer> {
  const page = await openPage(html, width, height)
  const bytes = await page.screenshot({ type: 'jpeg', quality })
  await page.close()
  return bytes
}

/** Renders HTML to PNG bytes, `width` × `height` pixels. */
export async function toPng(html: string, width: number, height: number): Promise<Buffer> {
  const page = await openPage(html, width, height)
  const bytes = await page.screenshot({ type: 'png', omitBackground: true })
  await page.close()
  return bytes
}

/**
 * Renders HTML to a PDF of the given sheet, with bookmarks from its headings and a fixed date. Sizes are rounded up
 * to whole CSS pixels, as Chromium does itself, and given to the styles as --sheet-width and --sheet-height: a box
 * of 210mm would leave a white hairline below it.
 */
export async function toPdf(html: string, sheet: Sheet): Promise<Buffer> {
  const [width, height] = [sheet.width, sheet.height].map((side) => `${Math.ceil((side * 96) / 25.4)}px`) as [
    string,
    string,
  ]
  const sized = html.replace('<style>', `<style>:root{--sheet-width:${width};--sheet-height:${height}}`)
  const page = await openPage(sized, 1200, 1200)
  const bytes = await page.pdf({ width, height, printBackground: true, tagged: true, outline: true })
  await page.close()
  return withFixedDate(bytes)
}

/** Ends the browser that the other functions share. */
export async function closeBrowser(): Promise<void> {
  await browser?.close()
  browser = undefined
}

/** The same pages must give the same bytes on every day; the replacement is as long as what it replaces. */
function withFixedDate(pdf: Buffer): Buffer {
  const text = pdf.toString('latin1')
  return Buffer.from(text.replace(/\(D:\d{14}\+00'00'\)/g, "(D:20260901090000+00'00')"), 'latin1')
}
