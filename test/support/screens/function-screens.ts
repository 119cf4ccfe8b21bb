import { PRICE_BLANKS } from '../../../site/_data/price-words.ts'
import { type Screen, screensOf } from './screen.ts'

const FILLED: Record<keyof typeof PRICE_BLANKS, string> = {
  title: 'Small and Finished',
  slug: 'small-and-finished',
  seen: '€19.00',
  price: '€21.00',
  link: '/go/small-and-finished',
}

/** Pages that functions answer with, from what the build has made for them. */
export function functionScreens(errors: Record<string, string>): Screen[] {
  const show = (name: string, key: string) => ({ name, open: openPage(errors[key] ?? '') })
  return [show('link-expired', 'link-expired'), show('price-changed', 'price-changed')].flatMap((place) =>
    screensOf(place, ['phone', 'phone-dark']),
  )
}

function openPage(html: string): Screen['open'] {
  const blanks = Object.entries(PRICE_BLANKS) as [keyof typeof PRICE_BLANKS, string][]
  const body = blanks.reduce((text, [name, blank]) => text.replaceAll(blank, FILLED[name]), html)
  return async (page, url) => {
    await page.route(`${url}/go/page`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }))
    await page.goto(`${url}/go/page`)
  }
}
