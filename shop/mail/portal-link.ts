import { LINK_MINUTES } from '../purchases/portal-session.ts'
import type { Shop } from '../shop-config.ts'
import type { MailContent } from './mail-layout.ts'

/** The link that shows all orders of an address without an account. */
export function writePortalLink(token: string, { shop, siteUrl }: { shop: Shop; siteUrl: string }): MailContent {
  return {
    subject: `Your purchases at ${shop.name}`,
    preview: `The link works once, within ${LINK_MINUTES} minutes.`,
    heading: 'Here is the link to your purchases',
    paragraphs: [
      `It shows everything that was bought with this address. It works once, within ${LINK_MINUTES} minutes; after that, ask for a new one on the same page.`,
      'Whoever has this link can open your orders, so please keep it to yourself.',
    ],
    action: { label: 'See my purchases', url: `${siteUrl}/purchases/?link=${token}` },
    facts: [],
    rows: [],
    notes: [
      'You get this mail because somebody typed in your address on our site. If that was not you, nothing has happened: the link came to you alone.',
      `Questions? Reply to this mail or write to ${shop.supportEmail}.`,
    ],
  }
}
