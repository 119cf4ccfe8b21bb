/** Where the reader is: `#order/ord_1?from=today` is the view `order`, of `ord_1`, with one wish. */
export type Place = { name: string; id: string; wishes: URLSearchParams }

/** What a view is given: where to draw, what was asked for, and a word to know whether the reader has gone on meanwhile. */
export type Stage = { place: Place; show(parts: HTMLElement[]): void; readonly isLeft: boolean }

/**
 * A view fetches what it shows and then draws it, with an `h2` of `tabIndex -1` as its heading. What goes wrong on the way is thrown, and
 * said by the frame, with a button to try again.
 */
export type View = (stage: Stage) => Promise<void>

/** Reads the part of an address behind `#`; an empty one is the first view. */
export function readPlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?')
  const [name = '', id = ''] = path.split('/')
  return { name: name || 'today', id: decode(id), wishes: new URLSearchParams(query) }
}

/** The address of a place, for links; wishes that are empty are left out. */
export function placeUrl(name: string, id = '', wishes: Record<string, string> = {}): string {
  const given = Object.entries(wishes).filter(([, value]) => value !== '')
  const query = new URLSearchParams(given).toString()
  return `#${name}${id && `/${encodeURIComponent(id)}`}${query && `?${query}`}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Typed by hand: what cannot be read is nobody's id.
    return ''
  }
}
