import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { Pixels } from './canvas.ts'

/** It comes with the shop, since a machine that builds may have no fonts at all; scripts that it lacks come from the machine's. */
const FONT = fileURLToPath(
  import.meta.resolve('@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf'),
)
const FAMILY = 'Source Serif 4 SemiBold'

export type TextBox = { width: number; height: number }
type Style = { size: number; colour: string }

/** A text in one colour, `size` in pixels, broken at `width`. */
export async function drawText(text: string, { size, colour }: Style, width: number): Promise<Pixels> {
  const markup = `<span foreground="${colour}">${escapeMarkup(text)}</span>`
  const font = `${FAMILY} ${size}`
  const settings = { text: markup, font, fontfile: FONT, width, rgba: true, dpi: 72, wrap: 'word-char' as const }
  const { data, info } = await sharp({ text: settings }).raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: 4 }
}

const SIZES = [84, 72, 62, 54, 46, 40, 34]

/** A text as large as it fits into the box; one that fits in no size loses its end. */
export async function fitText(text: string, colour: string, box: TextBox): Promise<Pixels> {
  for (const size of SIZES) {
    const drawn = mayFit(text, size, box) ? await drawText(text, { size, colour }, box.width) : null
    if (drawn && drawn.height <= box.height && drawn.width <= box.width) return drawn
  }
  return fitText(`${text.slice(0, Math.floor(text.length * 0.85)).trimEnd()}…`, colour, box)
}

/** Spares the sizes that are far too large; letters are about half as wide as high, lines 1.3 times as high. */
function mayFit(text: string, size: number, { width, height }: TextBox): boolean {
  const lines = Math.max(1, Math.floor(height / (size * 1.2)))
  return text.length * size * 0.36 <= width * lines
}

/** For Pango, which knows five entities and no control characters. */
function escapeMarkup(text: string): string {
  const visible = text.replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ').trim() || '…'
  return visible.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
