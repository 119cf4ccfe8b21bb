import { createHash } from 'node:crypto'

/** How long a link in a mail may be opened, in minutes. */
export const LINK_MINUTES = 30
/** How many mails with a link go to an address within 24 hours: whoever asks from many networks must not fill a mailbox. */
export const MOST_PER_DAY = 12
/** How long an opened link shows the orders to its browser, in seconds. */
export const SESSION_S = 3_600

/** The hash under which a session's secret is known outside of its browser. */
export function hashSession(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
