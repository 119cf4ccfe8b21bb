type Table = { tag: string; bytes: Buffer }

/** Seconds between the font format's epoch (1904) and Unix's. */
const FONT_EPOCH = 2_082_844_800

/**
 * Rebuilds a font file with a fixed date and one more table. opentype.js writes the present time and has no
 * kerning, so the same drawings would give other bytes each day. Layout: OpenType 1.9, "Organization of an OpenType Font".
 */
export function rebuildFont(source: Buffer, kern: Buffer, unixSeconds: number): Buffer {
  const tables = [...readTables(source), { tag: 'kern', bytes: kern }].sort((a, b) => (a.tag < b.tag ? -1 : 1))
  const head = tables.find((table) => table.tag === 'head')
  if (!head) throw new TypeError('The font has no head table')
  head.bytes.writeUInt32BE(0, 8)
  head.bytes.writeBigUInt64BE(BigInt(unixSeconds + FONT_EPOCH), 20)
  head.bytes.writeBigUInt64BE(BigInt(unixSeconds + FONT_EPOCH), 28)
  const file = writeTables(source.readUInt32BE(0), tables)
  const adjustment = (0xb1b0afba - checksum(file)) >>> 0
  file.writeUInt32BE(adjustment, headOffset(file) + 8)
  return file
}

/** Kerning table, format 0: pairs sorted by glyph numbers. */
export function kernTable(pairs: [first: number, second: number, units: number][]): Buffer {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const power = 2 ** Math.floor(Math.log2(sorted.length))
  const header = [
    0,
    1,
    0,
    14 + 6 * sorted.length,
    1,
    sorted.length,
    power * 6,
    Math.log2(power),
    (sorted.length - power) * 6,
  ]
  const table = Buffer.alloc(18 + 6 * sorted.length)
  header.forEach((value, index) => {
    table.writeUInt16BE(value, index * 2)
  })
  sorted.forEach(([first, second, units], index) => {
    table.writeUInt16BE(first, 18 + index * 6)
    table.writeUInt16BE(second, 20 + index * 6)
    table.writeInt16BE(units, 22 + index * 6)
  })
  return table
}

function readTables(font: Buffer): Table[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
    const entry = 12 + index * 16
    const offset = font.readUInt32BE(entry + 8)
    const bytes = Buffer.from(font.subarray(offset, offset + font.readUInt32BE(entry + 12)))
    return { tag: font.toString('latin1', entry, entry + 4), bytes }
  })
}

function writeTables(version: number, tables: Table[]): Buffer {
  const power = 2 ** Math.floor(Math.log2(tables.length))
  const directory = Buffer.alloc(12 + 16 * tables.length)
  directory.writeUInt32BE(version, 0)
  ;[tables.length, power * 16, Math.log2(power), (tables.length - power) * 16].forEach((value, index) => {
    directory.writeUInt16BE(value, 4 + index * 2)
  })
  let offset = directory.length
  tables.forEach(({ tag, bytes }, index) => {
    directory.write(tag, 12 + index * 16, 'latin1')
    directory.writeUInt32BE(checksum(padded(bytes)), 16 + index * 16)
    directory.writeUInt32BE(offset, 20 + index * 16)
    directory.writeUInt32BE(bytes.length, 24 + index * 16)
    offset += padded(bytes).length
  })
  return Buffer.concat([directory, ...tables.map(({ bytes }) => padded(bytes))])
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])

function checksum(bytes: Buffer): number {
  let sum = 0
  for (let offset = 0; offset < bytes.length; offset += 4) sum = (sum + bytes.readUInt32BE(offset)) >>> 0
  return sum
}

function headOffset(font: Buffer): number {
  for (let entry = 12; ; entry += 16) {
    if (font.toString('latin1', entry, entry + 4) === 'head') return font.readUInt32BE(entry + 8)
  }
}
