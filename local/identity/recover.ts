import { randomBytes } from 'node:crypto'
import { refusal } from './gotrue-error.ts'
import type { Identity } from './identity.ts'
import { isTooSoon } from './limits.ts'

type Recover = { email: string; referer: string | undefined }

/**
 * Mails a link by which the password can be changed; nobody learns whether the address is known.
 * @throws {GoTrueError} 422 without an address, 429 when the last link is younger than 15 minutes.
 */
export function recover({ ledger, accounts, mail, now }: Identity, { email, referer }: Recover): Record<string, never> {
  if (email === '') throw refusal(422, 'Password recovery requires an email')
  return ledger.atomically(() => {
    const account = accounts.byEmail(email)
    if (!account) return {}
    if (isTooSoon(account.recovery_sent_at, now())) throw refusal(429, 'Rate limit exceeded, try again later')
    const recovery_token = randomBytes(16).toString('base64url')
    mail.recovery(account.email, recovery_token, referer)
    accounts.save({ ...account, recovery_token, recovery_sent_at: now().toISOString() })
    return {}
  })
}
