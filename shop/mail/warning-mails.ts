import type { MailContent } from './mail-layout.ts'
import type { MailPayload } from './mail-subject.ts'

const NAMES: Record<string, string> = { stripe: 'Stripe' }

/** Tells the seller that a vendor no longer takes our key. */
export function writeKeyRefused({ vendor = '' }: MailPayload): MailContent {
  const name = NAMES[vendor] ?? vendor
  return notice({
    subject: `${name} refuses the shop's key`,
    heading: `${name} no longer takes the shop's key`,
    paragraphs: [
      `The key was revoked, or it lacks a permission. Until that is mended nobody can buy, and what was paid shortly before waits.`,
      'Put a key that works into the variables of the site and deploy it. Nothing is lost: what waits goes on within ten minutes of that.',
    ],
  })
}

/** Tells the seller that deliveries from Stripe, or from somebody who pretends to be Stripe, are turned away. */
export function writeRejectedDeliveries(): MailContent {
  return notice({
    subject: 'Deliveries from Stripe are being rejected',
    heading: 'The shop rejects deliveries that say they come from Stripe',
    paragraphs: [
      'More than five within five minutes had a signature that is not valid. Usually the secret of the webhook endpoint was changed in Stripe and not in the variables of the site: compare STRIPE_WEBHOOK_SECRET. If it is right, look at the deliveries in Stripe; if they are green there, a stranger is trying and gets nowhere.',
      'Sales are still found by comparing with Stripe every 15 minutes, only later than usual.',
    ],
  })
}

/** Tells the seller that one bought item is downloaded as often as several people would. */
export function writeUnusualDownloads({ order_id = '', order_item_id = '' }: MailPayload): MailContent {
  return notice({
    subject: `Unusually many downloads: order ${order_id}`,
    heading: 'An item is downloaded more often than one buyer does',
    paragraphs: [
      'Its limit for a day is reached (downloads.dailyPerItem in shop.config.ts), so further downloads wait. Links that were followed before still work, also after a pause.',
      'Usually a download program keeps asking, or the receipt was shared. If it was shared, its links can be made void: docs/RUNBOOK.md, “A link that leaked”.',
    ],
    facts: [`Order ${order_id}`, `Item ${order_item_id}`],
  })
}

/** Tells the seller that a buyer asked for a file which its store does not have. */
export function writeMissingFile({ file_id = '' }: MailPayload): MailContent {
  return notice({
    subject: 'A sold file is missing from its store',
    heading: 'A buyer could not download a file: the store does not have it',
    paragraphs: [
      'The buyer was asked to try again later, and nothing was counted. docs/RUNBOOK.md says how to put the file back; no order has to be touched for it.',
    ],
    facts: [`File ${file_id}`],
  })
}

/** Tells the seller that a buyer's mail came back, or was called spam. */
export function writeMailReturned({ order_id, mail_state }: MailPayload): MailContent {
  const isComplaint = mail_state === 'complained'
  return notice({
    subject: isComplaint ? 'A buyer called a mail of the shop spam' : 'A mail to a buyer came back',
    heading: isComplaint ? 'A buyer called a mail of the shop spam' : 'A mail to a buyer could not be delivered',
    paragraphs: [
      isComplaint
        ? 'Resend will send nothing more to this address, and the shop sends nothing again by itself. The buyer sees that in the portal, where the files are.'
        : 'The mailbox does not exist, or does not take mail from us. The buyer may have typed the address wrongly, sees that on the order, and can correct it for an hour. Nothing is sent again by itself.',
      `If the buyer tells you the right address: npm run till -- order set-email ${order_id ?? '<order>'} <address>`,
    ],
    facts: order_id ? [`Order ${order_id}`] : [],
  })
}

/** Tells the seller that the shop's pages do not follow the catalogue. */
export function writeBuildFailed({ build_error = '' }: MailPayload): MailContent {
  return notice({
    subject: 'The pages are not being built',
    heading: 'A change of your catalogue is not on the pages yet',
    paragraphs: [
      `What the shop knows: ${build_error.replace(/\.$/, '') || 'nothing'}. Sales go on as before, and the pages show what they showed. The shop keeps trying.`,
      'Look at the deploys of the site at Netlify, and at NETLIFY_BUILD_HOOK_URL. `npm run till -- rebuild` asks again at once.',
    ],
  })
}

/** Tells the seller that Stripe delivers events here that are none of this shop's. */
export function writeMisdirectedEvents({ misdirected = '' }: MailPayload): MailContent {
  const isMode = misdirected === 'other_mode'
  return notice({
    subject: 'Stripe delivers events here that are not this shop’s',
    heading: isMode
      ? 'Events of Stripe’s other mode arrive at the shop'
      : 'Events of another Stripe account arrive at the shop',
    paragraphs: [
      isMode
        ? 'The shop’s key is for test payments and the events are of real ones, or the other way round. They are ignored.'
        : 'They name a connected account, and the shop sells only for its own. They are ignored.',
      'Look at Stripe, Developers, Webhooks: the endpoint with the address of this shop must be in the mode of STRIPE_SECRET_KEY and listen to “Your account”. If real sales happen in the meantime, they are still found by comparing with Stripe every 15 minutes.',
    ],
  })
}

/** Tells the seller that unusually many payment pages are opened, by whomever. */
export function writeCheckoutFlood(): MailContent {
  return notice({
    subject: 'Unusually many checkouts are being opened',
    heading: 'More than 300 payment pages were opened within an hour',
    paragraphs: [
      'After a newsletter or a mention somewhere that is good news, and nothing has to be done: nobody is turned away for it. One visitor alone gets at most ten pages a minute.',
      'If you did not expect it, look at the payments in Stripe. Many failed ones with different cards are somebody who tries stolen cards: follow docs/RUNBOOK.md, “Unusually many checkouts”.',
    ],
  })
}

const DRIFTS: Record<string, string> = {
  missing_order: 'A sale was missing in the shop',
  wrong_status: 'The state of an order was out of date',
  wrong_amount: 'The amounts of an order were out of date',
  missing_refund: 'A refund was missing in the shop',
  wrong_refund: 'A refund was out of date',
  missing_dispute: 'A dispute was missing in the shop',
  wrong_dispute: 'A dispute was out of date',
}

/** Tells the seller that the comparison with Stripe found something that no event had told, and brings it in. */
export function writeReconciled({ drift = '', order_id, stripe_said = '', shop_said = '' }: MailPayload): MailContent {
  const what = DRIFTS[drift] ?? 'The shop and Stripe differed'
  return notice({
    subject: `${what}: mended`,
    heading: what,
    paragraphs: [
      `Stripe says: ${stripe_said || 'nothing'}. The shop had: ${shop_said || 'nothing'}. It is read back from Stripe and put right at this moment.`,
      'Nothing has to be done for the buyer. One now and then is Stripe being quicker than its own event; if it is every sale, no events arrive: docs/RUNBOOK.md, “When the reconciler mended something”.',
    ],
    facts: order_id ? [`Order ${order_id}`] : [],
  })
}

function notice({
  subject,
  heading,
  paragraphs,
  facts = [],
}: Pick<MailContent, 'subject' | 'heading' | 'paragraphs'> & { facts?: string[] }): MailContent {
  return {
    subject,
    preview: paragraphs[0]?.slice(0, 120) ?? '',
    heading,
    paragraphs,
    action: null,
    facts: [...facts, 'This is told once a day at most.'],
    rows: [],
    notes: ['docs/RUNBOOK.md says what to do.'],
  }
}
