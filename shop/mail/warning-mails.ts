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

function notice({
  subject,
  heading,
  paragraphs,
}: Pick<MailContent, 'subject' | 'heading' | 'paragraphs'>): MailContent {
  return {
    subject,
    preview: paragraphs[0]?.slice(0, 120) ?? '',
    heading,
    paragraphs,
    action: null,
    facts: ['This is told once a day at most.'],
    rows: [],
    notes: ['docs/RUNBOOK.md says what to do.'],
  }
}
