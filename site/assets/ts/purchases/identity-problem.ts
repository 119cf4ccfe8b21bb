import { isObject } from '../is-object.ts'

/** Why Identity did not do what it was asked. */
export type IdentityProblem = {
  kind:
    | 'wrong'
    | 'unconfirmed'
    | 'taken'
    | 'too-many'
    | 'weak'
    | 'bad-email'
    | 'closed'
    | 'link-over'
    | 'signed-out'
    | 'offline'
    | 'down'
    | 'refused'
  /** Identity's own words. */
  reason: string
}

type Kind = IdentityProblem['kind']

/** By Identity's words, which are all that tells its refusals apart. */
const BY_REASON: [RegExp, Kind][] = [
  [/not confirmed/i, 'unconfirmed'],
  [/already.*registered/i, 'taken'],
  [/no user found|password invalid/i, 'wrong'],
  [/active browser session|no user is currently/i, 'signed-out'],
  [/token.*(expired|didn't match)|user not found/i, 'link-over'],
  [/signups? .*(not allowed|disabled)/i, 'closed'],
  [/password/i, 'weak'],
  [/e-?mail/i, 'bad-email'],
  [/invalid_grant/i, 'wrong'],
]

/** Says what a failure of @netlify/identity means; the library keeps the answer's status in the cause, and none without an answer. */
export function identityProblem(error: unknown): IdentityProblem {
  const reason = error instanceof Error ? error.message : String(error)
  const known = BY_REASON.find(([words]) => words.test(reason))?.[1] ?? 'refused'
  return { kind: byStatus(statusOf(error), known), reason }
}

function byStatus(status: number | null, known: Kind): Kind {
  if (status === 429) return 'too-many'
  if (status === null) return known === 'signed-out' ? known : 'offline'
  // A site without Identity answers 404 to everything.
  return status >= 500 || (status === 404 && known !== 'link-over') ? 'down' : known
}

function statusOf(error: unknown): number | null {
  if (!isObject(error)) return null
  if (typeof error.status === 'number') return error.status
  return 'cause' in error ? statusOf(error.cause) : null
}
