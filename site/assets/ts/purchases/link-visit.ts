/** Until when a link from a mail has opened the orders in this browser; the cookie itself is out of the reach of scripts. */
const UNTIL = 'till.visit-until'
const HOUR_MS = 3600_000

/** Whether a link may still be opening the orders. A browser that keeps nothing has to ask the shop. */
export function hasLinkVisit(): boolean {
  try {
    return Date.now() < Number(localStorage.getItem(UNTIL))
  } catch {
    return true
  }
}

/** Notes that the link of a mail was just followed. */
export function beginLinkVisit(): void {
  write((storage) => storage.setItem(UNTIL, String(Date.now() + HOUR_MS)))
}

export function endLinkVisit(): void {
  write((storage) => storage.removeItem(UNTIL))
}

/** Calls back when another tab has opened (`true`) or closed (`false`) the orders. */
export function watchLinkVisit(changed: (isOpen: boolean) => void): void {
  addEventListener('storage', ({ key, newValue }) => {
    if (key === UNTIL) changed(newValue !== null)
  })
}

function write(change: (storage: Storage) => void): void {
  try {
    change(localStorage)
  } catch {
    // Storage is switched off: the shop is asked at every visit instead.
  }
}
