/** What a guess came to: the signed reference that opens the order, or how many tries are left, or that the code is over. */
export type CodeOutcome = { kind: 'right'; access: string } | { kind: 'wrong'; triesLeft: number } | { kind: 'over' }

/** The HTTP status and the JSON with which a guess is answered. */
export function codeAnswerOf(outcome: CodeOutcome): { status: number; body: object } {
  if (outcome.kind === 'right') return { status: 200, body: { access: outcome.access } }
  if (outcome.kind === 'wrong') return { status: 401, body: { state: 'wrong_code', tries_left: outcome.triesLeft } }
  return { status: 410, body: { state: 'code_over' } }
}
