import { type Size, turned } from './size.ts'

const name = (text: string) => [...text].reduce((all, letter) => all * 256 + letter.charCodeAt(0), 0)
const [FTYP, AVIF, META, IPRP, IPCO] = [name('ftyp'), name('avif'), name('meta'), name('iprp'), name('ipco')]
const [ISPE, IROT] = [name('ispe'), name('irot')]
/** The box's own head, and for a full box its version and flags. */
const [HEAD, FULL_HEAD] = [8, 12]

type Box = { kind: number; at: number; end: number }

/**
 * The size of an AVIF as people see it; null when these bytes are none. A picture made of tiles, or with transparency, names several
 * sizes: the largest is that of the whole. Source: ISO 23008-12, 6.5.3 and 6.5.10.
 */
export function readAvif(view: DataView): Size | null {
  const top = boxesIn(view, 0, view.byteLength)
  if (top[0]?.kind !== FTYP || !brandsOf(view, top[0]).includes(AVIF)) return null
  const properties = find(view, find(view, find(view, top, META, FULL_HEAD), IPRP), IPCO)
  const sizes = properties
    .filter(({ kind, at, end }) => kind === ISPE && end - at >= 20)
    .map((box) => sizeOf(view, box))
  const rotation = properties.find(({ kind, at, end }) => kind === IROT && end - at >= 9)
  const [largest] = sizes.sort((a, b) => b.width * b.height - a.width * a.height)
  const isOnSide = rotation !== undefined && view.getUint8(rotation.at + HEAD) % 2 === 1
  return largest ? turned(largest, isOnSide ? 6 : 1) : null
}

function brandsOf(view: DataView, { at, end }: Box): number[] {
  const words = Math.floor((end - at - HEAD) / 4)
  return Array.from({ length: words }, (_, word) => view.getUint32(at + HEAD + word * 4))
}

function find(view: DataView, boxes: Box[], kind: number, head = HEAD): Box[] {
  const box = boxes.find((one) => one.kind === kind)
  return box ? boxesIn(view, box.at + head, box.end) : []
}

function boxesIn(view: DataView, start: number, end: number): Box[] {
  const boxes: Box[] = []
  for (let at = start; at + HEAD <= end; ) {
    const length = view.getUint32(at)
    if (length < HEAD || at + length > end) break
    boxes.push({ kind: view.getUint32(at + 4), at, end: at + length })
    at += length
  }
  return boxes
}

function sizeOf(view: DataView, { at }: Box): Size {
  return { width: view.getUint32(at + FULL_HEAD), height: view.getUint32(at + FULL_HEAD + 4) }
}
