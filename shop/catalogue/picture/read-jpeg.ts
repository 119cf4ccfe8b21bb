import { exifOrientation } from './exif-orientation.ts'
import type { Size } from './size.ts'
import { turned } from './size.ts'

const EXIF = 0x45786966

/** Source: ITU T.81, B.1.1.3: frames begin with SOF0 to SOF15, without DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** The size of a JPEG as people see it; null when these bytes are none. */
export function readJpeg(view: DataView): Size | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  let orientation = 1
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at++
      continue
    }
    const length = view.getUint16(at + 2)
    if (isFrame(marker)) return turned({ width: view.getUint16(at + 7), height: view.getUint16(at + 5) }, orientation)
    if (marker === 0xe1) orientation = orientationOf(view, at + 4, length - 2)
    at += 2 + length
  }
  return null
}

function orientationOf(view: DataView, at: number, length: number): number {
  if (length < 14 || at + length > view.byteLength || view.getUint32(at) !== EXIF) return 1
  return exifOrientation(new DataView(view.buffer, view.byteOffset + at + 6, length - 6))
}
