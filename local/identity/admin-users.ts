import { type Account, confirmed, type Metadata, mergeMetadata, type WireUser, wireUser } from './account.ts'
import { refusal } from './gotrue-error.ts'
import type { Identity } from './identity.ts'
import { hashPassword } from './password.ts'
import { requireEmail } from './require-email.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type AdminParams = {
  email: string
  password: string
  role: string
  confirm: boolean
  app_metadata?: Metadata | null | undefined
  user_metadata?: Metadata | null | undefined
}

/** @throws {GoTrueError} 400 unless `id` is a UUID, 404 when nobody has it. */
export function loadUser({ accounts }: Identity, id: string): Account {
  if (!UUID.test(id)) throw refusal(400, 'user_id must be an UUID')
  const account = accounts.byId(id)
  if (!account) throw refusal(404, 'User not found')
  return account
}

/**
 * Adds a user without any mail. As in GoTrue, `app_metadata` is ignored here: roles take an update.
 * @throws {GoTrueError} 422 for an address that is bad or taken.
 */
export async function createUser({ ledger, accounts, now }: Identity, params: AdminParams): Promise<WireUser> {
  const { email, role, user_metadata } = params
  requireEmail(email)
  const password_hash = await hashPassword(params.password)
  return ledger.atomically(() => {
    if (accounts.byEmail(email)) throw refusal(422, 'Email address already registered by another user')
    const draft = accounts.draft({ email, password_hash, user_metadata, role })
    return wireUser(accounts.save(params.confirm ? confirmed(draft, now()) : draft))
  })
}

/** Changes a user at once: a new address needs no proof here. */
export async function changeUser(identity: Identity, id: string, params: AdminParams): Promise<WireUser> {
  const { email, role } = params
  const password_hash = params.password === '' ? '' : await hashPassword(params.password)
  return identity.ledger.atomically(() => {
    const current = loadUser(identity, id)
    const account = params.confirm ? confirmed(current, identity.now()) : current
    const given = { ...(email && { email }), ...(role && { role }), ...(password_hash && { password_hash }) }
    const app_metadata = mergeMetadata(account.app_metadata, params.app_metadata ?? {})
    const user_metadata = mergeMetadata(account.user_metadata, params.user_metadata ?? {})
    return wireUser(identity.accounts.save({ ...account, ...given, app_metadata, user_metadata }))
  })
}

/** Deletes a user and ends the sessions. */
export function deleteUser(identity: Identity, id: string): Record<string, never> {
  return identity.ledger.atomically(() => {
    const { id: known } = loadUser(identity, id)
    identity.sessions.closeAll(known)
    identity.accounts.delete(known)
    return {}
  })
}
