import { inflateRawSync } from 'node:zlib'
import { expect } from 'vitest'

/** How many pages a PDF has whose objects are not compressed. */
export const pagesOf = (pdf: string): number => pdf.match(/\/Type \/Page\b/g)?.length ?? 0

/** One unpacked file of an archive and the CRC-32 that the archive states for it. */
export type Entry = { name: string; bytes: Buffer; checksum: number }

/** Reads the central directory at the end of an archive (PKWARE APPNOTE 4.3.12, 4.3.16). */
export function unzip(zip: Buffer): Entry[] {
  const end = zip.length - 22
  expect(zip.readUInt32LE(end)).toBe(0x06054b50)
  const entries: Entry[] = []
  for (
    let at = zip.readUInt32LE(end + 16);
    at < end;
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30)
  ) {
    expect(zip.readUInt32LE(at)).toBe(0x02014b50)
    const local = zip.readUInt32LE(at + 42)
    expect(zip.readUInt32LE(local)).toBe(0x04034b50)
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = inflateRawSync(zip.subarray(data, data + zip.readUInt32LE(at + 20)))
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28))
    entries.push({ name, bytes, checksum: zip.readUInt32LE(at + 16) })
  }
  expect(entries).toHaveLength(zip.readUInt16LE(end + 10))
  return entries
}

/** The tables of a font file, each padded to whole words, with the checksum that the directory states. */
export function fontTables(font: Buffer): { tag: string; bytes: Buffer; checksum: number }[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
    const entry = 12 + index * 16
    const [checksum, offset, length] = [
      font.readUInt32BE(entry + 4),
      font.readUInt32BE(entry + 8),
      font.readUInt32BE(entry + 12),
    ]
    const padded = Math.ceil(length / 4) * 4
    return { tag: font.toString('latin1', entry, entry + 4), bytes: font.subarray(offset, offset + padded), checksum }
  })
}

/** Sum of a font's 32-bit words, as OpenType's checksums want it. */
export function wordSum(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0
  return sum
}

/** Walks the segments of a JPEG to its frame header (marker C0 to C2) and requires the end marker. */
export function jpegSize(jpeg: Buffer): { width: number; height: number } {
  expect([jpeg.readUInt16BE(0), jpeg.readUInt16BE(jpeg.length - 2)]).toEqual([0xffd8, 0xffd9])
  let at = 2
  while (![0xffc0, 0xffc1, 0xffc2].includes(jpeg.readUInt16BE(at))) at += 2 + jpeg.readUInt16BE(at + 2)
  return { width: jpeg.readUInt16BE(at + 7), height: jpeg.readUInt16BE(at + 5) }
}
