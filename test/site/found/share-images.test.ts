import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drawShareImage } from '../../../site/_build/found/draw-share-image.ts'
import { makeShareImages } from '../../../site/_build/found/make-share-images.ts'
import { type ShareCard, shareImage } from '../../../site/_build/found/share-card.ts'
import { shareCards } from '../../../site/_build/found/share-cards.ts'
import { readThemeColours } from '../../../site/_build/found/theme-colours.ts'
import { shelfItems } from './shelf-items.ts'

const look = { shopName: 'North Window', colours: await readThemeColours() }
const card = (parts: Partial<ShareCard> = {}): ShareCard => ({
  title: 'A Poster',
  kicker: '',
  line: '€9.00',
  picture: null,
  ...parts,
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-share-'))
})
afterEach(() => rm(folder, { recursive: true }))

type Area = { left: number; top: number; width: number; height: number }

/** How much of an area is darker than paper, from 0 to 1. */
async function inked(image: Buffer, area: Area): Promise<number> {
  const pixels = await sharp(image).extract(area).greyscale().raw().toBuffer()
  return pixels.filter((pixel) => pixel < 200).length / pixels.length
}

describe('drawShareImage', () => {
  const TITLE = { left: 72, top: 128, width: 1050, height: 300 }
  const MARGIN = { left: 1130, top: 0, width: 70, height: 630 }

  it('draws words on every machine, since it brings its own font, and draws no text where there is none', async () => {
    const image = await drawShareImage(card(), look, folder)
    expect(await inked(image, TITLE)).toBeGreaterThan(0.02)
    const { width, height, format } = await sharp(image).metadata()
    expect([width, height, format]).toEqual([1200, 630, 'jpeg'])
    expect(image.byteLength).toBeLessThan(100_000)
  })

  it.each([
    'x'.repeat(200),
    'W'.repeat(80),
    'Wort '.repeat(40),
    '🪟'.repeat(100),
    ' ',
    '\u0000 <b>&amp; </span>',
    'Ελληνικά Привет',
  ])('keeps %j within its margins', async (title) => {
    const image = await drawShareImage(card({ title }), look, folder)
    expect(await inked(image, MARGIN)).toBe(0)
  })

  it('draws the price of ours where a recommendation has none', async () => {
    const price = { left: 60, top: 400, width: 300, height: 90 }
    const flat = async (line: string) =>
      (
        await sharp(await drawShareImage(card({ line }), look, folder))
          .extract(price)
          .stats()
      ).entropy
    expect(await flat('')).toBeLessThan(await flat('€9.00'))
    const cards = [...shareCards(shelfItems(), { name: 'A', tagline: 'B' })]
    expect(cards.map(([path, { line }]) => [path, line])).toEqual([
      ['/', ''],
      ['/store/book/', '€19.00'],
      ['/store/sample/', 'Free'],
      ['/store/mat/', ''],
    ])
  })
})

describe('makeShareImages', () => {
  const cards = new Map(['a', 'b', 'c', 'd'].map((key) => [key, card({ title: key === 'd' ? 'a' : key })]))
  const make = (atMost: number) =>
    makeShareImages(cards, look, { pictures: folder, folder: join(folder, 'share'), atMost })

  it('draws as many as one build may, goes on in the next, and draws none twice', async () => {
    expect([...(await make(2)).keys()]).toEqual(['a', 'b', 'd'])
    expect([...(await make(2)).keys()]).toEqual(['a', 'b', 'c', 'd'])
    expect(await readdir(join(folder, 'share'))).toHaveLength(3)
    expect((await make(0)).size).toBe(4)
  })

  it('gives an image another name when anything on it changes', () => {
    const names = [card(), card({ title: 'B' }), card({ line: '' }), card({ kicker: 'K' })].map(
      (one) => shareImage(one, look).name,
    )
    const other = shareImage(card(), { ...look, shopName: 'Elsewhere' }).name
    expect(new Set([...names, other]).size).toBe(5)
    expect(shareImage(card(), look).name).toBe(names[0])
  })
})

describe('readThemeColours', () => {
  const theme = (value: string) =>
    ['paper', 'sheet', 'ink', 'ink-soft', 'line', 'accent', 'highlight', 'on-highlight']
      .map((name) => `--${name}: ${value};`)
      .join('\n')

  it.each([
    ['#123', '#112233'],
    ['rgb(255 0 0)', '#ff0000'],
    ['light-dark(#00f, #fff)', '#0000ff'],
    ['white', '#ffffff'],
  ])('reads %s as a browser does', async (value, hex) => {
    expect((await readThemeColours(theme(value))).paper).toBe(hex)
  })

  it('names what is missing or no colour', async () => {
    await expect(readThemeColours(':root {}')).rejects.toThrow('has no --paper')
    await expect(readThemeColours(theme('blue-ish'))).rejects.toThrow('"blue-ish"')
  })
})
