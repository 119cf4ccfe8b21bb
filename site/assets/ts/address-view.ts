import { orderWords } from '../../_data/order-words.ts'
import type { Notice } from './order-answer.ts'
import type { FormView } from './order-view.ts'

/** How far a correction has come; `over` says why it cannot be made here. */
export type Correction = { kind: 'none' | 'typing' | 'corrected' } | { kind: 'over'; why: string }

/** An order's address as the page knows it; `canCorrect`: this browser may correct it now. */
export type AddressStanding = {
  email: string
  notice: Notice | undefined
  canCorrect: boolean
  correction: Correction
}

/** What the page shows of an address, as plain values; what is empty is not there. */
export type AddressView = {
  warning: string
  email: string
  said: string
  offer: string
  form: FormView | null
  /** Whether there is reason to write to the seller. */
  isForSeller: boolean
}

const words = orderWords.address

/** Says in the shop's words where the receipt goes, and what can be done about it. */
export function addressView({ email, notice, canCorrect, correction }: AddressStanding): AddressView {
  const isOver = correction.kind === 'over'
  const isTyping = correction.kind === 'typing'
  const mayType = isTyping || (canCorrect && !isOver)
  return {
    warning: notice ? `${words[notice].said} ${words[notice][mayType ? 'early' : 'late']}` : '',
    email,
    said: saidOf(correction),
    offer: mayType && !isTyping ? words.offer : '',
    form: isTyping ? formOf(email) : null,
    isForSeller: isOver || notice === 'complained' || (notice === 'bounced' && !mayType),
  }
}

function saidOf(correction: Correction): string {
  if (correction.kind === 'over') return correction.why
  return correction.kind === 'corrected' ? words.corrected : ''
}

/** Most wrong addresses are nearly right: the old one is there to be mended. */
function formOf(email: string): FormView {
  const { label, hint, submit } = words.form
  return { field: 'email', label, value: email, submit, hint }
}
