/** What the link of a mail brought along: our own link to all orders, or one of Identity's. */
export type Arrival = {
  kind: 'link' | 'confirmation' | 'recovery' | 'invite' | 'email_change'
  token: string
}

const MAILED = /^#(confirmation|recovery|invite|email_change)_token=([^&]{1,512})$/

/**
 * Finds the token in the page's address or, after a reload, in the history entry's state, where the page puts it when it clears
 * the address. `null` when there is none.
 */
export function readArrival({ search, hash }: { search: string; hash: string }, state: unknown): Arrival | null {
  const link = new URLSearchParams(search).get('link')
  if (link) return { kind: 'link', token: link }
  const [, kind, token] = MAILED.exec(hash) ?? []
  if (kind && token) return { kind: kind as Arrival['kind'], token }
  return isRemembered(state) ? state.arrival : null
}

function isRemembered(state: unknown): state is { arrival: Arrival } {
  return typeof state === 'object' && state !== null && 'arrival' in state
}
