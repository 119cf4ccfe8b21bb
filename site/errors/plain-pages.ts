import { type ErrorPage, type ErrorWords, errorWords, freshLinkForm, TOKEN_BLANK } from '../_data/error-words.ts'
import { PRICE_BLANKS, type PricePage, type PriceWords, priceWords } from '../_data/price-words.ts'

/** The functions' error pages where no build has made the shop's own: the same keys and words without the look. */
const plainPages = Object.fromEntries([
  ...Object.entries(errorWords).map(([key, words]) => [key, plainPage(words)]),
  ...Object.entries(priceWords).map(([key, words]) => [key, plainPricePage(words)]),
]) as Record<ErrorPage | PricePage, string>

export default plainPages

function plainPage({ title, text, next, asksAddress }: ErrorWords): string {
  return plain(title, `<p>${text}</p><p>${next}</p>${asksAddress ? plainForm() : ''}`)
}

function plainPricePage({ title, text, seen, now, ask, back }: PriceWords): string {
  const blank = PRICE_BLANKS
  const prices = `<h2>${blank.title}</h2><p>${seen} <s>${blank.seen}</s>. ${now} ${blank.price}.</p>`
  const ways = `<p><a href="${blank.link}" rel="nofollow">${ask}</a> <a href="/store/${blank.slug}/">${back}</a></p>`
  return plain(title, `<p>${text}</p>${prices}${ways}`)
}

function plain(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title></head>
<body><main><h1>${title}</h1>${content}<p><a href="/store/">Store</a> <a href="/purchases/">Your purchases</a></p></main></body>
</html>
`
}

function plainForm(): string {
  const { label, button } = freshLinkForm
  return `<form method="post" action="/send_access_link"><input type="hidden" name="token" value="${TOKEN_BLANK}"><label>${label} <input name="email" type="email" required></label> <button>${button}</button></form>`
}
