import { createHash } from 'node:crypto'

/** How long a link in a mail may be opened, in minutes. */
export const LINK_MINUTES = 30
/** How long an opened link shows the orders to its browser, in seconds. */
export const SESSION_S = 3_600

/** The hash under which a session's secret is known outside of its browser. */
export function hashSession(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
