import { isObject } from './is-object.ts'

/** What the shop answers to an address or a code that was typed in. */
export type ProofAnswer =
  | { kind: 'sent' }
  | { kind: 'access'; access: string }
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'over' }
  | { kind: 'malformed' }
  | { kind: 'often'; retrySeconds: number }
  | { kind: 'down' }

/** Without a time, a door that closed because of too many tries opens again in a minute, as far as anybody can tell. */
const UNTOLD_SECONDS = 60

/** Reads an answer of the shop's doors for codes and fresh links; whatever is not one of theirs is an outage. */
export function readProofAnswer(status: number, body: unknown, retryAfter: string | null): ProofAnswer {
  if (status === 429) return { kind: 'often', retrySeconds: Number(retryAfter) || UNTOLD_SECONDS }
  if (status === 400) return { kind: 'malformed' }
  if (!isObject(body)) return { kind: 'down' }
  if (status === 202 && body.state === 'sent') return { kind: 'sent' }
  if (status === 200 && typeof body.access === 'string') return { kind: 'access', access: body.access }
  return readRefusal(body)
}

function readRefusal({ state, tries_left }: Record<string, unknown>): ProofAnswer {
  if (state === 'code_over') return { kind: 'over' }
  if (state !== 'wrong_code' || typeof tries_left !== 'number') return { kind: 'down' }
  return tries_left > 0 ? { kind: 'wrong', triesLeft: tries_left } : { kind: 'over' }
}
