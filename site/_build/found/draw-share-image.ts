import { join } from 'node:path'
import sharp, { type OverlayOptions } from 'sharp'
import { drawText, fitText } from './draw-text.ts'
import { SHARE_SIZE, type ShareCard, type ShareLook } from './share-card.ts'
import type { ThemeColours } from './theme-colours.ts'

const MARGIN = 72
const PANEL = 540
const KICKER_TOP = 64
const TITLE_TOP = 128
const FOOT = SHARE_SIZE.height - MARGIN
const LINE_BOX = { size: 40, padX: 28, padY: 15 }

/** The image that other sites show for a link to the shop: JPEG, `cacheFolder` has the product's picture. */
export async function drawShareImage(card: ShareCard, look: ShareLook, cacheFolder: string): Promise<Buffer> {
  const { colours } = look
  const hasPicture = card.picture !== null
  const parts = await Promise.all([ground(colours), drawWords(card, look), drawPicture(card, cacheFolder)])
  const [background, words, picture] = parts
  const canvas = sharp({ create: { ...SHARE_SIZE, channels: 3, background: colours.paper } })
  const layers = [...background, ...(hasPicture ? picture : []), ...words]
  return canvas.composite(layers).jpeg({ quality: 76 }).toBuffer()
}

/** The bar of the shop's colour along the left edge. */
async function ground(colours: ThemeColours): Promise<OverlayOptions[]> {
  return [{ ...block(16, SHARE_SIZE.height, colours.accent), left: 0, top: 0 }]
}

async function drawWords(card: ShareCard, { shopName, colours }: ShareLook): Promise<OverlayOptions[]> {
  const width = SHARE_SIZE.width - 2 * MARGIN - (card.picture ? PANEL : 0)
  const height = FOOT - TITLE_TOP - (card.line ? 168 : 80)
  const [kicker, title, name, line] = await Promise.all([
    card.kicker ? drawText(card.kicker, { size: 28, colour: colours['ink-soft'] }, width) : null,
    fitText(card.title, colours.ink, { width, height }),
    drawText(shopName, { size: 32, colour: colours.accent }, width),
    card.line ? drawLine(card.line, colours, width) : [],
  ])
  return [
    ...(kicker ? [{ ...kicker, left: MARGIN, top: KICKER_TOP }] : []),
    { ...title, left: MARGIN, top: TITLE_TOP },
    ...line,
    { ...name, left: MARGIN, top: FOOT - name.raw.height },
  ]
}

/** The price on a ground of its own, as badges are in the shop. */
async function drawLine(text: string, colours: ThemeColours, width: number): Promise<OverlayOptions[]> {
  const { size, padX, padY } = LINE_BOX
  const words = await drawText(text, { size, colour: colours['on-highlight'] }, width - 2 * padX)
  const box = { width: words.raw.width + 2 * padX, height: words.raw.height + 2 * padY }
  const top = FOOT - 72 - box.height
  return [
    { ...block(box.width, box.height, colours.highlight), left: MARGIN, top },
    { ...words, left: MARGIN + padX, top: top + padY },
  ]
}

async function drawPicture({ picture }: ShareCard, cacheFolder: string): Promise<OverlayOptions[]> {
  const file = picture?.files.find(({ format, width }) => format === 'jpeg' && width >= 800)
  const largest = file ?? picture?.files.findLast(({ format }) => format === 'jpeg')
  if (!largest) return []
  const path = join(cacheFolder, largest.name)
  const size = { width: PANEL, height: SHARE_SIZE.height, fit: 'cover' as const }
  const { data, info } = await sharp(path).resize(size).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: info.channels }
  return [{ input: data, raw, left: SHARE_SIZE.width - PANEL, top: 0 }]
}

function block(width: number, height: number, background: string): OverlayOptions {
  return { input: { create: { width, height, channels: 3, background } } }
}
