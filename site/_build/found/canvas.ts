/** Pixels of a picture or a text, three or four bytes each. */
export type Pixels = { data: Buffer; width: number; height: number; channels: number }
type Place = { left: number; top: number }
type Size = { width: number; height: number }

/** Something to draw on, in red, green and blue. */
export type Canvas = Size & { data: Buffer }

/** A canvas in one colour, `#rrggbb`. */
export function createCanvas({ width, height }: Size, colour: string): Canvas {
  return { data: Buffer.alloc(width * height * 3, Buffer.from(colour.slice(1), 'hex')), width, height }
}

/** Fills a rectangle. */
export function fill(canvas: Canvas, { left, top, width, height }: Place & Size, colour: string): void {
  paste(canvas, { data: createCanvas({ width, height }, colour).data, width, height, channels: 3 }, { left, top })
}

/**
 * Puts pixels on the canvas; a fourth channel says how much of each covers what is below. What lies outside is left out. By hand, since
 * sharp's own composition works on the whole canvas for each layer, which costs more than all the rest of an image.
 */
export function paste(canvas: Canvas, pixels: Pixels, { left, top }: Place): void {
  const width = Math.min(pixels.width, canvas.width - left)
  const height = Math.min(pixels.height, canvas.height - top)
  for (let row = 0; row < height; row += 1) {
    const from = row * pixels.width * pixels.channels
    const to = ((top + row) * canvas.width + left) * 3
    if (pixels.channels === 3) pixels.data.copy(canvas.data, to, from, from + width * 3)
    else blendRow({ source: pixels.data, from, target: canvas.data, to, width })
  }
}

type Row = { source: Buffer; from: number; target: Buffer; to: number; width: number }

function blendRow({ source, from, target, to, width }: Row): void {
  for (let column = 0; column < width; column += 1) {
    const at = from + column * 4
    const cover = (source[at + 3] ?? 0) / 255
    if (cover === 0) continue
    for (let part = 0; part < 3; part += 1) {
      const below = target[to + column * 3 + part] ?? 0
      target[to + column * 3 + part] = Math.round(below + ((source[at + part] ?? 0) - below) * cover)
    }
  }
}
