import { ACCESS_TOKEN_SECONDS } from './access-tokens.ts'
import { type Account, confirmed } from './account.ts'
import { oauthRefusal, refusal } from './gotrue-error.ts'
import type { Identity } from './identity.ts'
import { isLinkExpired } from './limits.ts'
import { hashPassword, isPassword } from './password.ts'

export type TokenAnswer = { access_token: string; token_type: 'bearer'; expires_in: number; refresh_token: string }

const WRONG = 'No user found with that email, or password invalid.'

/** @throws {GoTrueError} `invalid_grant` for a wrong pair, and for an address that was never confirmed. */
export async function signInByPassword(identity: Identity, email: string, password: string): Promise<TokenAnswer> {
  const account = identity.accounts.byEmail(email)
  // The same work for nobody as for somebody, so that time does not tell who is registered.
  if (!account) await hashPassword(password)
  if (!account) throw oauthRefusal('invalid_grant', WRONG)
  if (!account.confirmed_at) throw oauthRefusal('invalid_grant', 'Email not confirmed')
  if (!(await isPassword(password, account.password_hash))) throw oauthRefusal('invalid_grant', WRONG)
  return signIn(identity, () => stillThere(identity, account))
}

/** The account as it is now: it may have changed or gone while the password was checked. */
function stillThere({ accounts }: Identity, { id }: Account): Account {
  const account = accounts.byId(id)
  if (!account) throw oauthRefusal('invalid_grant', WRONG)
  return account
}

/** @throws {GoTrueError} `invalid_grant` unless the token is fresh and unused. */
export async function signInByRefreshToken(identity: Identity, token: string): Promise<TokenAnswer> {
  if (token === '') throw oauthRefusal('invalid_request', 'refresh_token required')
  const { account, refreshToken } = identity.ledger.atomically(() => {
    const { userId, refreshToken } = identity.sessions.rotate(token)
    const account = identity.accounts.byId(userId)
    if (!account) throw oauthRefusal('invalid_grant', 'Invalid Refresh Token')
    return { account, refreshToken }
  })
  return answer(identity, account, refreshToken)
}

/**
 * Spends the token of a mailed link and signs its owner in.
 * @throws {GoTrueError} 404 for an unknown or spent one, 422 for one older than 24 hours.
 */
export async function signInByLink(identity: Identity, type: string, token: string): Promise<TokenAnswer> {
  if (token.trim() === '') throw refusal(422, 'Verify requires a token')
  if (type === 'signup') return signIn(identity, () => spendConfirmation(identity, token))
  if (type === 'recovery') return signIn(identity, () => spendRecovery(identity, token))
  throw refusal(422, 'Verify requires a verification type')
}

function spendConfirmation({ accounts, now }: Identity, token: string): Account {
  const account = accounts.byToken('confirmation_token', token)
  if (!account) throw refusal(404, 'User not found')
  if (isLinkExpired(account.confirmation_sent_at, now())) throw refusal(422, 'Confirmation token expired')
  return confirmed(account, now())
}

function spendRecovery({ accounts, now }: Identity, token: string): Account {
  const account = accounts.byToken('recovery_token', token)
  if (!account) throw refusal(404, 'User not found')
  if (isLinkExpired(account.recovery_sent_at, now())) throw refusal(422, 'Recovery token expired')
  const spent = { ...account, recovery_token: undefined }
  return spent.confirmed_at ? spent : confirmed(spent, now())
}

async function signIn(identity: Identity, find: () => Account): Promise<TokenAnswer> {
  const { account, refreshToken } = identity.ledger.atomically(() => {
    const account = identity.accounts.save({ ...find(), last_sign_in_at: identity.now().toISOString() })
    return { account, refreshToken: identity.sessions.open(account.id) }
  })
  return answer(identity, account, refreshToken)
}

async function answer({ tokens }: Identity, account: Account, refresh_token: string): Promise<TokenAnswer> {
  const access_token = await tokens.sign(account)
  return { access_token, token_type: 'bearer', expires_in: ACCESS_TOKEN_SECONDS, refresh_token }
}
