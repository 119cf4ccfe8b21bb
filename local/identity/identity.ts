import type { Ledger } from '../ledger.ts'
import type { AccessTokens } from './access-tokens.ts'
import type { Accounts } from './accounts.ts'
import type { IdentityMail } from './identity-mail.ts'
import type { Sessions } from './sessions.ts'

/** What the parts of Identity share. Look-ups and the writes that follow from them run in one `ledger.atomically`. */
export type Identity = {
  ledger: Ledger
  accounts: Accounts
  sessions: Sessions
  tokens: AccessTokens
  mail: IdentityMail
  now(): Date
}
