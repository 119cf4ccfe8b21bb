import { join } from 'node:path'
import sharp from 'sharp'
import { type Canvas, createCanvas, fill, type Pixels, paste } from './canvas.ts'
import { drawText, fitText } from './draw-text.ts'
import { SHARE_SIZE, type ShareCard, type ShareLook } from './share-card.ts'
import type { ThemeColours } from './theme-colours.ts'

const MARGIN = 72
const PANEL = 540
const KICKER_TOP = 64
const TITLE_TOP = 128
const FOOT = SHARE_SIZE.height - MARGIN
const LINE_BOX = { size: 40, padX: 28, padY: 15 }

/** The image that other sites show for a link to the shop: JPEG, `pictures` is the folder of the product's picture. */
export async function drawShareImage(card: ShareCard, look: ShareLook, pictures: string): Promise<Buffer> {
  const canvas = createCanvas(SHARE_SIZE, look.colours.paper)
  // The bar of the shop's colour along the left edge.
  fill(canvas, { left: 0, top: 0, width: 16, height: SHARE_SIZE.height }, look.colours.accent)
  const picture = await readPicture(card, pictures)
  if (picture) paste(canvas, picture, { left: SHARE_SIZE.width - PANEL, top: 0 })
  await drawWords(canvas, card, look)
  return sharp(canvas.data, { raw: { ...SHARE_SIZE, channels: 3 } })
    .jpeg({ quality: 76 })
    .toBuffer()
}

async function drawWords(canvas: Canvas, card: ShareCard, { shopName, colours }: ShareLook): Promise<void> {
  const width = SHARE_SIZE.width - 2 * MARGIN - (card.picture ? PANEL : 0)
  const height = FOOT - TITLE_TOP - (card.line ? 168 : 80)
  if (card.kicker) {
    const kicker = await drawText(card.kicker, { size: 28, colour: colours['ink-soft'] }, width)
    paste(canvas, kicker, { left: MARGIN, top: KICKER_TOP })
  }
  paste(canvas, await fitText(card.title, colours.ink, { width, height }), { left: MARGIN, top: TITLE_TOP })
  if (card.line) await drawLine(canvas, card.line, { colours, width })
  const name = await drawText(shopName, { size: 32, colour: colours.accent }, width)
  paste(canvas, name, { left: MARGIN, top: FOOT - name.height })
}

/** The price on a ground of its own, as badges are in the shop. */
async function drawLine(canvas: Canvas, text: string, box: { colours: ThemeColours; width: number }): Promise<void> {
  const { size, padX, padY } = LINE_BOX
  const words = await drawText(text, { size, colour: box.colours['on-highlight'] }, box.width - 2 * padX)
  const ground = { width: words.width + 2 * padX, height: words.height + 2 * padY }
  const top = FOOT - 72 - ground.height
  fill(canvas, { left: MARGIN, top, ...ground }, box.colours.highlight)
  paste(canvas, words, { left: MARGIN + padX, top: top + padY })
}

async function readPicture({ picture }: ShareCard, folder: string): Promise<Pixels | null> {
  const file = picture?.files.find(({ format, width }) => format === 'jpeg' && width >= 800)
  const chosen = file ?? picture?.files.findLast(({ format }) => format === 'jpeg')
  if (!chosen) return null
  const size = { width: PANEL, height: SHARE_SIZE.height, fit: 'cover', kernel: 'cubic' } as const
  const image = sharp(join(folder, chosen.name)).resize(size).removeAlpha().toColourspace('srgb')
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  return { data, ...info }
}
