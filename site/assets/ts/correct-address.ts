import { mailableEmail } from '../../../shop/orders/email-address.ts'
import { orderWords } from '../../_data/order-words.ts'
import { askShop, type ShopAnswer } from './ask-shop.ts'
import { isObject } from './is-object.ts'
import { readProofAnswer } from './proof-answer.ts'
import { sayProblem } from './say-problem.ts'

/** What came of a correction: the order's new address, what stands beside the field, or why this page can do no more. */
export type CorrectionOutcome = { email: string } | { problem: string } | { over: string }

/** What was typed, over which address of which checkout session, and the locale in which to answer. */
export type CorrectionWish = { typed: string; current: string; session_id: string; locale: string }

const words = orderWords.address

/** Has the receipt of an order sent to another address. */
export async function correctAddress(wish: CorrectionWish): Promise<CorrectionOutcome> {
  const { typed, current, session_id, locale } = wish
  const email = mailableEmail(typed)
  if (!email) return { problem: orderWords.problem.email }
  if (email === current) return { problem: words.same }
  const said = await askShop('/correct_email', { session_id, email })
  if (said && isCorrected(said)) return { email }
  if (said?.status === 404 || said?.status === 409) return { over: sayOver(said.body) }
  const answer = said ? readProofAnswer(said.status, said.body, said.retryAfter) : ({ kind: 'offline' } as const)
  return { problem: sayProblem(answer, orderWords.problem.email, locale) }
}

/** Where the answer to the first attempt was lost on its way, the second hears that the order has this very address already. */
function isCorrected({ status, body }: ShopAnswer): boolean {
  if (!isObject(body)) return false
  return (status === 200 && body.state === 'corrected') || (status === 409 && body.state === 'same_email')
}

function sayOver(body: unknown): string {
  const state = isObject(body) ? body.state : null
  return state === 'already_corrected' || state === 'too_late' ? words.over[state] : words.over.gone
}
