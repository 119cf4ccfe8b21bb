import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** Made for a cloud function that takes one picture: they end the browser with its first page, or switch off what we test. */
const UNWANTED = ['--single-process', '--no-zygote', '--disable-web-security', '--allow-running-insecure-content']

/** The Chromium that comes inside its npm package, so that no machine needs one of its own. */
export async function openBrowser(more: string[] = []): Promise<Browser> {
  const args = [...chromium.args.filter((arg) => !UNWANTED.includes(arg)), ...more]
  return playwright.launch({ executablePath: await chromium.executablePath(), args })
}
