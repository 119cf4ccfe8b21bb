import type { WrittenPage } from '@11ty/eleventy'
import { findClaims, isAmazonPicture } from '../../../shop/affiliates/amazon-claims.ts'
import { findLinkFault, isShortLink, leadsToAmazon } from '../../../shop/affiliates/amazon-link.ts'
import type { Shop } from '../../../shop/shop-config.ts'
import { around, type Element, elementsOf, textBefore, textOf, tidy } from './read-page.ts'

type Fault = { rule: string; text: string }
/** What the rules are held against; `slugs` are those of others' products. */
export type Terms = { slugs: ReadonlySet<string>; affiliate: Shop['affiliate']; siteUrl: string }

const REQUIRED = ['sponsored', 'nofollow', 'noopener']
/** Only a page with one of these in it can break a rule; parsing all of a large shop would cost seconds. */
const SUSPECT =
  /amzn|a\.co\/|bit\.ly|tinyurl|\bt\.co\/|goo\.gl|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly|geni\.us|amazon\.|-amazon/i
/** Some letters of each, which are found four times as fast. */
const HINT = /\.(?:ly|gd|gl|us|co\/)|amzn|tinyurl|amazon\.|-amazon/i
const OWN_LINK = /\/(?:go|store)\/([a-z0-9-]+)/g
const MARKUP = /"@type"\s*:\s*"(Offer|AggregateOffer|AggregateRating|Rating|Review)"/

/** What the built pages break of the rules for links that pay, one line each with the page, the product and the rule. */
export function lintPages(pages: WrittenPage[], terms: Terms): string[] {
  return pages.filter(({ content }) => isSuspect(content, terms)).flatMap((page) => lintPage(page, terms))
}

function isSuspect(html: string, { slugs }: Terms): boolean {
  const start = Math.max(0, html.indexOf('<style>'))
  const end = Math.max(start, html.indexOf('</style>', start))
  const rest = [html.slice(0, start), html.slice(end)]
  const leadsOn = (text: string) => [...text.matchAll(OWN_LINK)].some(([, slug = '']) => slugs.has(slug))
  return isSuspectStyle(html.slice(start, end)) || rest.some((text) => isSuspectText(text) || leadsOn(text))
}

const cleanStyles = new Set<string>()

/** The same styles stand in thousands of pages, and need only one look. */
function isSuspectStyle(style: string): boolean {
  if (cleanStyles.has(style)) return false
  if (isSuspectText(style)) return true
  cleanStyles.add(style)
  return false
}

function isSuspectText(text: string): boolean {
  return HINT.test(text) && SUSPECT.test(text)
}

function lintPage({ url, content }: WrittenPage, terms: Terms): string[] {
  const elements = elementsOf(content)
  const links = elements.filter((element) => isPaid(element, terms))
  const mentions = elements.filter((element) => slugOf(element, 'store', terms) !== null)
  const found = [
    ...elements.flatMap((element) => inPlace(element, lintAddress(element, terms))),
    ...links.flatMap((link) => inPlace(link, lintLink(link, terms))),
    ...links.slice(0, 1).flatMap((link) => inPlace(link, lintOrder(link, elements, terms))),
    ...regionsOf(links, mentions).flatMap(([region, at]) => inPlace(at, lintRegion(region))),
    ...(links.length > 0 ? elements.flatMap(lintMarkup) : []).map((fault) => ({ ...fault, at: links[0] })),
  ]
  const where = (at: Element | undefined) =>
    (at && (slugOf(at, 'go', terms) ?? slugOf(at, 'store', terms))) ?? ownSlug(url)
  return [...new Set(found.map(({ rule, text, at }) => `page ${url}, product "${where(at)}", rule ${rule}: ${text}`))]
}

function inPlace(at: Element, faults: Fault[]): (Fault & { at: Element })[] {
  return faults.map((fault) => ({ ...fault, at }))
}

function ownSlug(url: string): string {
  return /^\/store\/([a-z0-9-]+)\/$/.exec(url)?.[1] ?? 'none'
}

function hrefOf({ attribs }: Element, { siteUrl }: Terms): string {
  const { href } = attribs
  if (href === undefined) return ''
  return URL.canParse(href, siteUrl) ? new URL(href, siteUrl).href : ''
}

/** The product of others that this link of ours is about: /go/<slug> or /store/<slug>/. */
function slugOf(element: Element, kind: 'go' | 'store', terms: Terms): string | null {
  if (element.name !== 'a') return null
  const href = hrefOf(element, terms)
  const path = href.startsWith(`${terms.siteUrl}/`) ? new URL(href).pathname : ''
  const slug = (kind === 'go' ? /^\/go\/([a-z0-9-]+)\/?$/ : /^\/store\/([a-z0-9-]+)\/$/).exec(path)?.[1]
  return slug !== undefined && terms.slugs.has(slug) ? slug : null
}

/** A link that pays the seller, through the shop or not. */
function isPaid(element: Element, terms: Terms): boolean {
  if (element.name !== 'a' && element.name !== 'area') return false
  return slugOf(element, 'go', terms) !== null || leadsToAmazon(hrefOf(element, terms))
}

/** Addresses anywhere: pictures of Amazon's, short links, and links to Amazon that are not as they must be. */
function lintAddress(element: Element, terms: Terms): Fault[] {
  const values = Object.values(element.attribs)
  const style = element.name === 'style' ? [textOf(element)] : []
  const picture = [...values, ...style].find(isAmazonPicture)
  const href = hrefOf(element, terms)
  const wrong = leadsToAmazon(href) || isShortLink(href) ? findLinkFault(href, terms.affiliate.tags) : null
  return [
    ...(picture === undefined ? [] : [{ rule: 'image', text: `${picture} is Amazon's, and must not be shown` }]),
    ...(wrong && element.name === 'a' ? [wrong] : []),
  ]
}

function lintLink(link: Element, terms: Terms): Fault[] {
  const href = hrefOf(link, terms)
  const rel = (link.attribs.rel ?? '').toLowerCase().split(/\s+/)
  const missing = REQUIRED.filter((word) => !rel.includes(word))
  const hides = rel.includes('noreferrer') || /^(no-referrer|same-origin)$/i.test(link.attribs.referrerpolicy ?? '')
  return [
    ...(missing.length > 0 ? [{ rule: 'rel', text: `the link to ${href} lacks rel="${missing.join(' ')}"` }] : []),
    ...(hides ? [{ rule: 'noreferrer', text: `the link to ${href} hides this shop from Amazon` }] : []),
    ...(/amazon/i.test(nameOf(link))
      ? []
      : [{ rule: 'label', text: `the link to ${href} does not say that it leads to Amazon` }]),
  ]
}

function nameOf(link: Element): string {
  return `${link.attribs['aria-label'] ?? ''} ${textOf(link)}`
}

/** What must have been said before the first link that pays. */
function lintOrder(first: Element, elements: Element[], { affiliate }: Terms): Fault[] {
  const isHidden = elements.some(
    ({ name, attribs }) =>
      name === 'meta' && attribs.name === 'referrer' && /^(no-referrer|same-origin)$/i.test(attribs.content ?? ''),
  )
  const isDisclosed = textBefore(first).includes(tidy(affiliate.disclosure))
  return [
    ...(isDisclosed
      ? []
      : [{ rule: 'disclosure', text: `“${affiliate.disclosure}” must stand before the first link` }]),
    ...(isHidden ? [{ rule: 'noreferrer', text: 'the page hides itself from Amazon by its referrer policy' }] : []),
  ]
}

/** The parts of a page that are about others' products: the article with the link, and each card that leads to one. */
function regionsOf(links: Element[], mentions: Element[]): [Element, Element][] {
  const ofLinks = links.map((link): [Element, Element] => [outermost(link), link])
  const ofCards = mentions.flatMap((link): [Element, Element][] => {
    const card = around(link, 'article', 'li')
    return card ? [[card, link]] : []
  })
  return [...new Map([...ofLinks, ...ofCards])]
}

function outermost(link: Element): Element {
  let region = around(link, 'article') ?? around(link, 'main', 'body') ?? link
  for (let next = around(region, 'article'); next; next = around(next, 'article')) region = next
  return region
}

/** Cards of other products inside of a region have rules of their own. */
function lintRegion(region: Element): Fault[] {
  return findClaims(textOf(region, ({ name }) => name === 'article'))
}

function lintMarkup(element: Element): Fault[] {
  if (element.attribs.type !== 'application/ld+json') return []
  const [, type] = MARKUP.exec(element.children.map((child) => ('data' in child ? child.data : '')).join('')) ?? []
  if (type === undefined) return []
  const rule = type.endsWith('Offer') ? 'price' : 'rating'
  return [{ rule, text: `the page states an ${type} to search engines, which only Amazon may` }]
}
