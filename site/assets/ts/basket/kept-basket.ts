import { type Basket, readBasket } from './basket.ts'

/** The number changes when older scripts could no longer read what newer ones write. */
const KEY = 'till.basket.1'
/** Told to this page when it has changed the basket itself; other tabs hear `storage`. */
export const CHANGED = 'basketchange'

/** The basket that this browser keeps; `null` where it keeps nothing for anybody. */
export function recallBasket(): Basket | null {
  try {
    return readBasket(localStorage.getItem(KEY))
  } catch {
    return null
  }
}

/** Changes the kept basket; `false` when the browser did not keep the change. */
export function changeBasket(change: (basket: Basket) => Basket): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(change(readBasket(localStorage.getItem(KEY)))))
  } catch {
    return false
  }
  dispatchEvent(new Event(CHANGED))
  return true
}

/** Has a page drawn at once and whenever the basket may be another: changed here or in another tab, or a page that had been put aside. */
export function whenChanged(draw: () => void): void {
  for (const event of [CHANGED, 'storage', 'pageshow']) addEventListener(event, draw)
  draw()
}
