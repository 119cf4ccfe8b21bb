const ORIENTATION = 0x0112

const EXIF = 0x45786966

/**
 * How a picture must be turned to be upright, 1 to 8, from its EXIF data; 1 when that does not tell. Some writers put `Exif` before the
 * TIFF part outside of JPEG too. Source: Exif 2.32, 4.6.4.A.
 */
export function exifOrientation(exif: DataView): number {
  const skip = exif.byteLength >= 6 && exif.getUint32(0) === EXIF ? 6 : 0
  const tiff = new DataView(exif.buffer, exif.byteOffset + skip, exif.byteLength - skip)
  if (tiff.byteLength < 8) return 1
  const order = tiff.getUint16(0)
  if (order !== 0x4949 && order !== 0x4d4d) return 1
  const isLittle = order === 0x4949
  const start = tiff.getUint32(4, isLittle)
  if (start + 2 > tiff.byteLength) return 1
  for (let entry = 0; entry < tiff.getUint16(start, isLittle); entry++) {
    const at = start + 2 + entry * 12
    if (at + 12 > tiff.byteLength) return 1
    if (tiff.getUint16(at, isLittle) === ORIENTATION) return upTo8(tiff.getUint16(at + 8, isLittle))
  }
  return 1
}

function upTo8(value: number): number {
  return value >= 1 && value <= 8 ? value : 1
}
