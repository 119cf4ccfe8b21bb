import { admin } from '@netlify/identity'
import type { Account, Identity } from '../shop/app.ts'
import { Misconfigured, VendorDown } from '../shop/errors.ts'

type Settings = { siteUrl: string; now: () => Date }

const TIMEOUT_MS = 5_000
/** Three parts of a JSON Web Token; whatever else was sent is nobody's, and Identity need not be asked. */
const SHAPE = /^[\w-]{1,2048}\.[\w-]{1,8192}\.[\w-]{1,2048}$/
/** How long the answer holds that addresses are confirmed by mail. */
const TRUSTED_MS = 60_000
/** Identity says that a token is forged, over, or of an account that is gone. */
const NOBODY = new Set([400, 401, 403, 404])

/** When each Identity was last seen to confirm addresses by mail; kept by a function for as long as it stays warm. */
const seenConfirming = new Map<string, number>()

/**
 * Netlify Identity. Its library is not asked who somebody is: in a function it may ask with the platform's token instead of the visitor's
 * cookie, and then falls back to claims without a word about confirmation, and it takes an outage for nobody (docs/decisions/0013-portal.md).
 */
export function createIdentity({ siteUrl, now }: Settings): Identity {
  const base = `${siteUrl}/.netlify/identity`
  return {
    async findAccount(session) {
      if (!SHAPE.test(session)) return null
      const [account] = await Promise.all([readAccount(base, session), assertConfirming(base, now().getTime())])
      return account
    },
    async removeAccount(id) {
      try {
        await admin.deleteUser(id)
      } catch (error) {
        throw new VendorDown('identity', 'The account could not be removed right now.', { cause: error })
      }
    },
  }
}

async function readAccount(base: string, session: string): Promise<Account | null> {
  const answer = await ask(`${base}/user`, { authorization: `Bearer ${session}` })
  if (NOBODY.has(answer.status)) return null
  const user = await readJson(answer)
  const { id, email, confirmed_at } = user
  if (typeof id !== 'string' || typeof email !== 'string' || !email) throw down('an answer without a user')
  const isConfirmed = typeof confirmed_at === 'string' && confirmed_at !== ''
  return { id, email, isConfirmed, roles: rolesIn(user.app_metadata) }
}

/** Of `app_metadata`, which only the seller can write; `user_metadata` is the account's own. */
function rolesIn(metadata: unknown): string[] {
  const roles = typeof metadata === 'object' && metadata !== null && 'roles' in metadata ? metadata.roles : []
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : []
}

/** With autoconfirm on, anybody could sign up with a buyer's address; so nobody gets in, whatever the account says. */
async function assertConfirming(base: string, at: number): Promise<void> {
  const seen = seenConfirming.get(base)
  if (seen !== undefined && Math.abs(at - seen) < TRUSTED_MS) return
  const { autoconfirm } = await readJson(await ask(`${base}/settings`, {}))
  if (typeof autoconfirm !== 'boolean') throw down('settings that do not say whether addresses are confirmed')
  if (autoconfirm)
    throw new Misconfigured('Netlify Identity confirms addresses without a mail: switch autoconfirm off.')
  seenConfirming.set(base, at)
}

async function ask(url: string, headers: Record<string, string>): Promise<Response> {
  try {
    return await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
  } catch (error) {
    throw down('no answer', error)
  }
}

async function readJson(answer: Response): Promise<Record<string, unknown>> {
  if (!answer.ok) throw down(`status ${answer.status}`)
  try {
    const value: unknown = await answer.json()
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch (error) {
    throw down('an answer that is not JSON', error)
  }
  throw down('an answer that is no object')
}

function down(why: string, error?: unknown): VendorDown {
  const cause = new Error(`Netlify Identity: ${why}`, { cause: error })
  return new VendorDown('identity', 'Signing in does not work right now.', { cause })
}
