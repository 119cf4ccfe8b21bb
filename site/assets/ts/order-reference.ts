/** What opens an order: the checkout session that a purchase just came from, or the access token of a receipt. */
export type OrderReference = { session_id: string } | { access: string }

/**
 * Finds the reference in the address of the page or, after a reload, in the history entry's state, where the page put it when
 * it cleared the address. `null` when there is none, or only Stripe's placeholder, which nobody filled in.
 */
export function readOrderReference(search: string, state: unknown): OrderReference | null {
  const query = new URLSearchParams(search)
  const session = query.get('session_id')
  if (session) return /^cs_[A-Za-z0-9_]+$/.test(session) ? { session_id: session } : null
  const access = query.get('access')
  if (access) return { access }
  return remembered(state)
}

function remembered(state: unknown): OrderReference | null {
  if (typeof state !== 'object' || state === null) return null
  if ('session_id' in state && typeof state.session_id === 'string') return { session_id: state.session_id }
  if ('access' in state && typeof state.access === 'string') return { access: state.access }
  return null
}
