import { randomUUID } from 'node:crypto'
import type { Ledger } from '../ledger.ts'
import type { Account, Metadata } from './account.ts'

const ACCOUNTS = 'identity_accounts'

type NewAccount = { email: string; password_hash: string; user_metadata?: Metadata | null | undefined; role?: string }
type TokenField = 'confirmation_token' | 'recovery_token'

/** The users, in the ledger. */
export type Accounts = {
  /** A new account that is not saved yet. */
  draft(account: NewAccount): Account
  save(account: Account): Account
  byId(id: string): Account | undefined
  /** Upper and lower case are the same to GoTrue's database. */
  byEmail(email: string): Account | undefined
  byToken(field: TokenField, token: string): Account | undefined
  newestFirst(): Account[]
  delete(id: string): void
}

export function createAccounts(ledger: Ledger, now: () => Date): Accounts {
  const all = () => ledger.list<Account>(ACCOUNTS)
  return {
    draft({ email, password_hash, user_metadata, role = '' }) {
      const at = now().toISOString()
      const metadata = { app_metadata: { provider: 'email' }, user_metadata: user_metadata ?? {} }
      return { id: randomUUID(), aud: '', role, email, password_hash, ...metadata, created_at: at, updated_at: at }
    },
    save(account) {
      const saved = { ...account, updated_at: now().toISOString() }
      ledger.put(ACCOUNTS, saved.id, saved)
      return saved
    },
    byId: (id) => ledger.get<Account>(ACCOUNTS, id),
    byEmail: (email) => all().find((account) => account.email.toLowerCase() === email.toLowerCase()),
    byToken: (field, token) => all().find((account) => account[field] === token),
    newestFirst: () => all().reverse(),
    delete: (id) => ledger.delete(ACCOUNTS, id),
  }
}
