import { mailableEmail } from '../../../shop/orders/email-address.ts'
import { orderWords } from '../../_data/order-words.ts'
import { askShop } from './ask-shop.ts'
import type { OrderReference } from './order-reference.ts'
import { type ProofAnswer, readProofAnswer } from './proof-answer.ts'
import { type ProofStep, RESEND_MS } from './proof-step.ts'
import { readDigits } from './read-digits.ts'
import { sayProblem } from './say-problem.ts'
import { sayTime } from './say-time.ts'

/** What came of a form: the next step, a reference that opens the order, or what stands beside the field. */
export type ProofOutcome = { step: ProofStep } | { access: string } | { problem: string }

/** What was typed, at which step of which order, and the locale in which to answer. */
export type Proof = { typed: string; order: OrderReference; step: ProofStep | undefined; locale: string }

const words = orderWords.problem

/** Asks for a code by mail, or for a fresh link where the order was named by a link that has run out. */
export async function proveAddress({ typed, order, step, locale }: Proof): Promise<ProofOutcome> {
  const email = mailableEmail(typed)
  if (!email) return { problem: words.email }
  const isByLink = 'access' in order
  const wait = step && 'sentAt' in step && step.email === email ? step.sentAt + RESEND_MS - Date.now() : 0
  if (wait > 0) return { problem: words.soon(sayTime(wait / 1000, locale)) }
  const answer = await ask(isByLink ? '/send_access_link' : '/send_access_code', { ...order, email })
  if (answer.kind !== 'sent') return { problem: sayProblem(answer, words.email, locale) }
  return { step: isByLink ? { kind: 'link-sent', email } : { kind: 'code-sent', email, sentAt: Date.now() } }
}

/** Hands the code in. */
export async function proveCode({ typed, order, step, locale }: Proof): Promise<ProofOutcome> {
  const code = readDigits(typed)
  if (!code || step?.kind !== 'code-sent') return { problem: words.code }
  const answer = await ask('/redeem_access_code', { ...order, code })
  if (answer.kind === 'access') return { access: answer.access }
  if (answer.kind === 'over') return { step: { ...step, kind: 'code-over' } }
  return { problem: sayProblem(answer, words.code, locale) }
}

async function ask(path: string, question: object): Promise<ProofAnswer | { kind: 'offline' }> {
  const said = await askShop(path, question)
  return said ? readProofAnswer(said.status, said.body, said.retryAfter) : { kind: 'offline' }
}
