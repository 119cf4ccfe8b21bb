import { randomBytes } from 'node:crypto'
import { type Account, type Metadata, mergeMetadata, type WireUser, wireUser } from './account.ts'
import { refusal } from './gotrue-error.ts'
import type { Identity } from './identity.ts'
import { isLinkExpired } from './limits.ts'
import { hashPassword } from './password.ts'
import { requireEmail } from './require-email.ts'

type Update = {
  email: string
  password: string
  email_change_token: string
  data?: Metadata | null | undefined
  app_metadata?: Metadata | null | undefined
  referer: string | undefined
}

/**
 * Changes what users may change about themselves. A new address is only noted, and mailed a link; it counts from
 * the moment that its token comes back.
 * @throws {GoTrueError} 401 for a wrong token or for app_metadata, 422 for an address that is bad or taken.
 */
export async function updateUser(identity: Identity, id: string, update: Update): Promise<WireUser> {
  const password_hash = update.password === '' ? undefined : await hashPassword(update.password)
  return identity.ledger.atomically(() => {
    const current = identity.accounts.byId(id)
    if (!current) throw refusal(404, 'User not found')
    const account = { ...current, ...(password_hash && { password_hash }) }
    const described = withMetadata(account, update)
    return wireUser(identity.accounts.save(withEmail(identity, described, update)))
  })
}

function withMetadata(account: Account, { data, app_metadata }: Update): Account {
  if (app_metadata && account.role !== 'admin') throw refusal(401, 'Updating app_metadata requires admin privileges')
  const app = mergeMetadata(account.app_metadata, app_metadata ?? {})
  return { ...account, app_metadata: app, user_metadata: mergeMetadata(account.user_metadata, data ?? {}) }
}

function withEmail(identity: Identity, account: Account, update: Update): Account {
  if (update.email_change_token !== '') return withNewEmail(account, update.email_change_token, identity.now())
  if (update.email === '' || update.email === account.email) return account
  requireEmail(update.email)
  if (identity.accounts.byEmail(update.email)) {
    throw refusal(422, 'Email address already registered by another user')
  }
  const email_change_token = randomBytes(16).toString('base64url')
  identity.mail.emailChange({ from: account.email, to: update.email }, email_change_token, update.referer)
  return { ...account, new_email: update.email, email_change_token, email_change_sent_at: identity.now().toISOString() }
}

function withNewEmail(account: Account, token: string, now: Date): Account {
  if (isLinkExpired(account.email_change_sent_at, now)) throw refusal(422, 'Email change token expired')
  if (!account.new_email || token !== account.email_change_token) {
    throw refusal(401, "Email Change Token didn't match token on file")
  }
  return { ...account, email: account.new_email, new_email: undefined, email_change_token: undefined }
}
