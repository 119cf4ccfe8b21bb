const MAIL_INTERVAL_MS = 15 * 60 * 1000
const LINK_LIFETIME_MS = 24 * 3600 * 1000

/** True while another mail of the same kind would come too soon: one in 15 minutes. */
export function isTooSoon(sentAt: string | undefined, now: Date): boolean {
  return sentAt !== undefined && now.getTime() - Date.parse(sentAt) <= MAIL_INTERVAL_MS
}

/** True once a link is older than 24 hours. */
export function isLinkExpired(sentAt: string | undefined, now: Date): boolean {
  return sentAt !== undefined && now.getTime() - Date.parse(sentAt) > LINK_LIFETIME_MS
}
