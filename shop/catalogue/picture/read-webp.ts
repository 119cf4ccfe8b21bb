import { exifOrientation } from './exif-orientation.ts'
import { type Size, turned } from './size.ts'

const [RIFF, WEBP] = [0x52494646, 0x57454250]
const [VP8, VP8L, VP8X, EXIF] = [0x56503820, 0x5650384c, 0x56503858, 0x45584946]

/** The size of a WebP as people see it; null when these bytes are none. Source: RFC 9649. */
export function readWebp(view: DataView): Size | null {
  if (view.byteLength < 30 || view.getUint32(0) !== RIFF || view.getUint32(8) !== WEBP) return null
  const kind = view.getUint32(12)
  if (kind === VP8) return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (kind === VP8L) return lossless(view.getUint32(21, true))
  if (kind !== VP8X) return null
  return turned({ width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }, orientationIn(view))
}

function lossless(bits: number): Size {
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}

function orientationIn(view: DataView): number {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at + 4, true)
    if (view.getUint32(at) === EXIF && at + 8 + length <= view.byteLength)
      return exifOrientation(new DataView(view.buffer, view.byteOffset + at + 8, length))
    at += 8 + length + (length % 2)
  }
  return 1
}
