import type { Context } from 'hono'
import { type AccessTokenClaims, OPERATOR } from './access-tokens.ts'
import type { Account } from './account.ts'
import { refusal } from './gotrue-error.ts'
import type { Identity } from './identity.ts'

/** @throws {GoTrueError} 401 without a token that is ours and alive. */
async function requireClaims({ tokens }: Identity, context: Context): Promise<AccessTokenClaims> {
  const token = /^[Bb]earer (\S+)$/.exec(context.req.header('authorization') ?? '')?.[1]
  if (!token) throw refusal(401, 'This endpoint requires a Bearer token')
  const claims = await tokens.verify(token)
  if (!claims) throw refusal(401, 'Invalid token: token is expired or not signed by this site')
  return claims
}

/** @throws {GoTrueError} 401 for a bad token, 400 for the platform's own, 404 when the user is gone. */
export async function requireUser(identity: Identity, context: Context): Promise<Account> {
  const { sub } = await requireClaims(identity, context)
  if (sub === OPERATOR) throw refusal(400, 'Could not read User ID claim')
  const account = identity.accounts.byId(sub)
  if (!account) throw refusal(404, 'User not found')
  return account
}

/** @throws {GoTrueError} 401 unless the token is the platform's, or its user has the `role` admin (not `roles`). */
export async function requireAdmin(identity: Identity, context: Context): Promise<void> {
  const { sub } = await requireClaims(identity, context)
  if (sub === OPERATOR) return
  const account = identity.accounts.byId(sub)
  if (!account) throw refusal(401, 'Invalid admin user')
  if (account.role !== 'admin') throw refusal(401, 'User not allowed')
}
