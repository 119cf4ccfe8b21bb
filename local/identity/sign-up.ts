import { randomBytes } from 'node:crypto'
import { type Account, type Metadata, mergeMetadata, type WireUser, wireUser } from './account.ts'
import { refusal } from './gotrue-error.ts'
import type { Identity } from './identity.ts'
import { isTooSoon } from './limits.ts'
import { hashPassword } from './password.ts'
import { requireEmail } from './require-email.ts'

type SignUp = { email: string; password: string; data?: Metadata | null | undefined; referer: string | undefined }

/**
 * Registers an address and mails a link that proves it; an address that is still unproven keeps its first password.
 * @throws {GoTrueError} 422 for a bad address or an empty password, 400 for a confirmed address.
 */
export async function signUp(identity: Identity, input: SignUp): Promise<WireUser> {
  if (input.password === '') throw refusal(422, 'Signup requires a valid password')
  requireEmail(input.email)
  const password_hash = await hashPassword(input.password)
  return identity.ledger.atomically(() => {
    const account = register(identity, input, password_hash)
    return wireUser(identity.accounts.save(sendConfirmation(identity, account, input.referer)))
  })
}

function register({ accounts }: Identity, { email, data }: SignUp, password_hash: string): Account {
  const known = accounts.byEmail(email)
  if (!known) return accounts.draft({ email, password_hash, user_metadata: data })
  if (known.confirmed_at) throw refusal(400, 'A user with this email address has already been registered')
  return { ...known, user_metadata: mergeMetadata(known.user_metadata, data ?? {}) }
}

function sendConfirmation(identity: Identity, account: Account, referer: string | undefined): Account {
  const now = identity.now()
  if (isTooSoon(account.confirmation_sent_at, now)) return account
  const confirmation_token = randomBytes(16).toString('base64url')
  identity.mail.confirmation(account.email, confirmation_token, referer)
  return { ...account, confirmation_token, confirmation_sent_at: now.toISOString() }
}
