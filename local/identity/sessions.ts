import { randomBytes } from 'node:crypto'
import type { Ledger } from '../ledger.ts'
import { oauthRefusal } from './gotrue-error.ts'

const TOKENS = 'identity_refresh_tokens'
const LIFETIME_MS = 30 * 24 * 3600 * 1000

type RefreshToken = { token: string; user_id: string; is_revoked: boolean; created_at: string }

/** Refresh tokens: 30 days, each good for one use. */
export type Sessions = {
  open(userId: string): string
  /**
   * Swaps a token for a new one.
   * @throws {GoTrueError} `invalid_grant` for an unknown, used or expired one.
   */
  rotate(token: string): { userId: string; refreshToken: string }
  /** Ends all sessions of a user, on every device. */
  closeAll(userId: string): void
}

export function createSessions(ledger: Ledger, now: () => Date): Sessions {
  const open = (userId: string) => {
    const token = randomBytes(16).toString('base64url')
    const created_at = now().toISOString()
    ledger.put(TOKENS, token, { token, user_id: userId, is_revoked: false, created_at } satisfies RefreshToken)
    return token
  }
  return {
    open,
    rotate(token) {
      const known = ledger.get<RefreshToken>(TOKENS, token)
      if (!known || known.is_revoked) throw oauthRefusal('invalid_grant', 'Invalid Refresh Token')
      if (now().getTime() - Date.parse(known.created_at) > LIFETIME_MS) {
        throw oauthRefusal('invalid_grant', 'Refresh token expired')
      }
      ledger.put(TOKENS, token, { ...known, is_revoked: true } satisfies RefreshToken)
      return { userId: known.user_id, refreshToken: open(known.user_id) }
    },
    closeAll(userId) {
      const own = ledger.list<RefreshToken>(TOKENS).filter(({ user_id }) => user_id === userId)
      for (const { token } of own) ledger.delete(TOKENS, token)
    },
  }
}
