import { exifOrientation } from './exif-orientation.ts'
import { type Size, turned } from './size.ts'

const [SIGNATURE, IHDR, EXIF, IDAT] = [0x89504e47, 0x49484452, 0x65584966, 0x49444154]

/** The size of a PNG as people see it; null when these bytes are none. Source: W3C PNG, 11.2.1 and 11.3.4.5. */
export function readPng(view: DataView): Size | null {
  if (view.byteLength < 33 || view.getUint32(0) !== SIGNATURE || view.getUint32(12) !== IHDR) return null
  const size = { width: view.getUint32(16), height: view.getUint32(20) }
  for (let at = 33; at + 12 <= view.byteLength; ) {
    const [length, kind] = [view.getUint32(at), view.getUint32(at + 4)]
    if (kind === IDAT || at + 12 + length > view.byteLength) break
    if (kind === EXIF) return turned(size, exifOrientation(new DataView(view.buffer, view.byteOffset + at + 8, length)))
    at += 12 + length
  }
  return size
}
