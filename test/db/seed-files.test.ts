import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migratedTemplate } from '../support/migrated-template.ts'
import { fontTables, jpegSize, pagesOf, unzip, wordSum } from './seed-file-formats.ts'

type Stored = { path: string; key: string; store: string; sha256: string; size_bytes: number; content_type: string }
type Sold = Pick<Stored, 'key' | 'store' | 'sha256' | 'size_bytes' | 'content_type'> & { filename: string }
type Picture = Pick<Stored, 'sha256' | 'content_type'> & { alt: string; width: number; height: number }
type Sample = Picture & { kind: string; seconds?: number; pages?: Picture[] }

const SEED = new URL('../../db/seed/', import.meta.url)
const read = (path: string): Buffer => readFileSync(new URL(path, SEED))
const listed: Stored[] = JSON.parse(read('files.json').toString('utf8'))
const files = listed.filter(({ store }) => store === 'blobs')
const samples = listed.filter(({ path }) => path.startsWith('samples/'))
const pictures = listed.filter(({ path }) => path.startsWith('images/'))
const ofType = (contentType: string) => files.filter(({ content_type }) => content_type === contentType)

describe('files.json', () => {
  it.each(listed)('tells the truth about $path', ({ path, key, store, sha256, size_bytes }) => {
    const bytes = read(path)
    expect(bytes.length).toBe(size_bytes)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    expect(key).toBe(store === 'blobs' ? `files/${sha256}` : sha256)
  })

  it('lists every file of all folders once, and no more than 12 MB', () => {
    const onDisk = ['files', 'images', 'samples'].flatMap((folder) =>
      readdirSync(new URL(folder, SEED)).map((name) => `${folder}/${name}`),
    )
    expect(listed.map(({ path }) => path).sort()).toEqual(onDisk.sort())
    expect(listed.reduce((sum, { size_bytes }) => sum + size_bytes, 0)).toBeLessThan(12_000_000)
  })
})

describe('the files for sale', () => {
  it.each(ofType('application/pdf'))('$path is a PDF whose cross-reference table is where it says', ({ path }) => {
    const pdf = read(path).toString('latin1')
    expect(pdf).toMatch(/^%PDF-1\.\d/)
    const [, offset] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf) ?? []
    expect(pdf.slice(Number(offset), Number(offset) + 4)).toBe('xref')
    expect(pagesOf(pdf)).toBeGreaterThan(0)
  })

  it('sells a book of at least twenty pages and a shorter sample', () => {
    const book = pagesOf(read('files/small-and-finished.pdf').toString('latin1'))
    const sample = pagesOf(read('files/small-and-finished-sample.pdf').toString('latin1'))
    expect(book).toBeGreaterThanOrEqual(20)
    expect(sample).toBeLessThan(book)
  })

  it.each(ofType('application/zip'))('$path is an archive whose entries all unpack to their checksums', ({ path }) => {
    const entries = unzip(read(path))
    expect(entries.length).toBeGreaterThan(3)
    for (const { bytes, checksum } of entries) expect(crc32(bytes)).toBe(checksum)
    expect(entries.map(({ name }) => name)).toContainEqual(expect.stringMatching(/read-me\.md$/))
  })

  it('packs three WAV loops of ten to twenty seconds', () => {
    const loops = unzip(read('files/quiet-hours.zip')).filter(({ name }) => name.endsWith('.wav'))
    expect(loops).toHaveLength(3)
    for (const { bytes } of loops) expectSound(bytes, { atLeast: 10, atMost: 20 })
  })

  it.each(ofType('audio/wav'))('$path is a WAV file that is not silent', ({ path }) => {
    expectSound(read(path), { atLeast: 1, atMost: 20 })
  })

  it.each(ofType('font/otf'))('$path is an OpenType font whose tables match their checksums', ({ path }) => {
    const font = read(path)
    const tables = fontTables(font)
    expect(font.toString('latin1', 0, 4)).toBe('OTTO')
    expect(tables.map(({ tag }) => tag)).toEqual(
      expect.arrayContaining(['CFF ', 'OS/2', 'cmap', 'head', 'hhea', 'hmtx', 'kern', 'maxp', 'name', 'post']),
    )
    for (const { tag, bytes, checksum } of tables) if (tag !== 'head') expect(wordSum(bytes)).toBe(checksum)
    expect(wordSum(font)).toBe(0xb1b0afba)
  })

  it.each(ofType('image/png'))('$path is a complete PNG, large enough to print in A4', ({ path }) => {
    const png = read(path)
    expect(png.toString('latin1', 1, 8)).toBe('PNG\r\n\x1a\n')
    expect(png.toString('latin1', 12, 16)).toBe('IHDR')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2480, 3508])
    expect(png.toString('latin1', png.length - 8, png.length - 4)).toBe('IEND')
  })

  it('is of no kind that these tests do not open', () => {
    const opened = ['application/pdf', 'application/zip', 'audio/wav', 'font/otf', 'image/png']
    expect(files.filter(({ content_type }) => !opened.includes(content_type))).toEqual([])
  })
})

describe('the product pictures', () => {
  it.each(pictures)('$path is a JPEG of 1600 × 1200 and at most 250 KB', ({ path, size_bytes, content_type }) => {
    expect(content_type).toBe('image/jpeg')
    expect(jpegSize(read(path))).toEqual({ width: 1600, height: 1200 })
    expect(size_bytes).toBeLessThanOrEqual(250_000)
  })
})

describe('0001_products.sql', () => {
  let database: PGlite
  beforeAll(async () => {
    database = await PGlite.create({ loadDataDir: await migratedTemplate() })
    await database.exec(read('0001_products.sql').toString('utf8'))
  })
  afterAll(() => database.close())

  it('sells exactly the files that files.json lists', async () => {
    const { rows } = await database.query<Sold>(
      'select filename, key, store, sha256, size_bytes, content_type from product_files',
    )
    const sold = rows.map(({ filename, ...row }) => ({ path: `files/${filename}`, ...row }))
    const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1)
    expect(sold.sort(byPath)).toEqual([...files].sort(byPath))
  })

  it('shows exactly the pictures that files.json lists, each described', async () => {
    const { rows } = await database.query<{ images: Picture[] }>('select images from products')
    const shown = rows.flatMap(({ images }) => images)
    expect(shown.map(({ sha256 }) => sha256).sort()).toEqual(pictures.map(({ sha256 }) => sha256).sort())
    for (const { alt, width, height } of shown) expect([width, height, alt.length > 20]).toEqual([1600, 1200, true])
  })

  it('lets buyers try exactly the samples that files.json lists, each described, and pictures in their true size', async () => {
    const { rows } = await database.query<{ samples: Sample[] }>('select samples from products')
    const tried = rows.flatMap((row) => row.samples)
    expect(new Set(tried.map(({ kind }) => kind))).toEqual(new Set(['audio', 'image', 'pdf']))
    const parts = tried.flatMap((sample) => sample.pages ?? [sample])
    expect(parts.map(({ sha256 }) => sha256).sort()).toEqual(samples.map(({ sha256 }) => sha256).sort())
    for (const { alt } of [...tried, ...parts]) expect(alt.length).toBeGreaterThan(15)
    for (const { sha256, width, height } of parts.filter(({ content_type }) => content_type === 'image/jpeg')) {
      const path = samples.find((sample) => sample.sha256 === sha256)?.path ?? ''
      expect(jpegSize(read(path)), path).toEqual({ width, height })
    }
    expect(tried.find(({ kind }) => kind === 'audio')?.seconds).toBeCloseTo(24.8)
  })

  it('has six direct and three affiliate products on the shelf, one free, and a draft and a retired one beside it', async () => {
    const count = async (where: string) => (await database.query(`select 1 from products where ${where}`)).rows.length
    expect(await count("status = 'published' and type = 'direct'")).toBeGreaterThanOrEqual(6)
    expect(await count("status = 'published' and type = 'affiliate'")).toBeGreaterThanOrEqual(3)
    expect(await count("status = 'published' and unit_amount = 0")).toBe(1)
    expect(await count("status = 'draft'")).toBe(1)
    expect(
      await count("status = 'retired' and exists (select 1 from product_files f where f.product_id = products.id)"),
    ).toBe(1)
  })

  it('gives affiliate products a tagged link and no price, and published direct ones a file', async () => {
    const { rows } = await database.query(`select slug from products where
      (type = 'affiliate' and (unit_amount is not null or affiliate_url !~ '^https://www\\.amazon\\.com/dp/[0-9X]{10}\\?tag=tillexample-20$'))
      or (type = 'direct' and status = 'published' and not exists (select 1 from product_files f where f.product_id = products.id))`)
    expect(rows).toEqual([])
  })

  it('has a summary of at most 160 characters, a description and a place of its own for every product', async () => {
    const { rows } = await database.query<{ slug: string; position: number }>(
      "select slug, position from products where length(summary) between 20 and 160 and description <> ''",
    )
    const { rows: all } = await database.query('select 1 from products')
    expect(rows).toHaveLength(all.length)
    expect(new Set(rows.map(({ position }) => position)).size).toBe(all.length)
  })
})

function expectSound(wav: Buffer, { atLeast, atMost }: { atLeast: number; atMost: number }): void {
  expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ')
  expect(wav.readUInt32LE(4)).toBe(wav.length - 8)
  expect(wav.readUInt32LE(40)).toBe(wav.length - 44)
  const seconds = (wav.length - 44) / wav.readUInt32LE(28)
  expect(seconds).toBeGreaterThanOrEqual(atLeast)
  expect(seconds).toBeLessThanOrEqual(atMost)
  const loudest = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length)).reduce(
    (top, value) => Math.max(top, value),
    0,
  )
  expect(loudest).toBeGreaterThan(16_000)
}
