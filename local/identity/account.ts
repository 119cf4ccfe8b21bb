export type Metadata = Record<string, unknown>

/** A user as Identity shows it: the fields of GoTrue's `User`, absent ones left out. */
export type WireUser = {
  id: string
  aud: string
  role: string
  email: string
  confirmed_at?: string | undefined
  confirmation_sent_at?: string | undefined
  recovery_sent_at?: string | undefined
  new_email?: string | undefined
  email_change_sent_at?: string | undefined
  last_sign_in_at?: string | undefined
  app_metadata: Metadata
  user_metadata: Metadata
  created_at: string
  updated_at: string
}

type Secrets = {
  password_hash: string
  confirmation_token?: string | undefined
  recovery_token?: string | undefined
  email_change_token?: string | undefined
}

/** A user with what only Identity itself may see. */
export type Account = WireUser & Secrets

/** Leaves out the secrets. */
export function wireUser(account: Account): WireUser {
  const { password_hash, confirmation_token, recovery_token, email_change_token, ...user } = account
  return user
}

/** Merges as GoTrue does: a key set to null is removed. */
export function mergeMetadata(current: Metadata, updates: Metadata): Metadata {
  return Object.fromEntries(Object.entries({ ...current, ...updates }).filter(([, value]) => value !== null))
}

/** The account with its address proven; the link that proved it is spent. */
export function confirmed(account: Account, at: Date): Account {
  return { ...account, confirmed_at: at.toISOString(), confirmation_token: undefined }
}
