import { purchaseWords } from '../../../_data/purchase-words.ts'

type Said = keyof typeof purchaseWords.said

const KEY = 'till.said'

/** Loads the page anew, which then says what was done; see identity.ts for why. */
export function reloadSaying(said: Said): void {
  sessionStorage.setItem(KEY, said)
  history.replaceState(null, '', '/purchases/')
  location.reload()
}

/** What the page before this one has left to say. */
export function takeSaid(): string | null {
  const said = readSaid()
  return said !== null && Object.hasOwn(purchaseWords.said, said) ? purchaseWords.said[said as Said] : null
}

function readSaid(): string | null {
  try {
    const said = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    return said
  } catch {
    // Storage is switched off: what was done is seen all the same.
    return null
  }
}
