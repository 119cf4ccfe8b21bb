import { paint } from '../art/palette.ts'
import { book, lying, scene } from '../art/scene.ts'

// Our own drawings about each book's subject: no publisher's cover and no photograph of it is used.
const onShelf = (ground: string, cover: string, tilt: number): string =>
  scene(
    ground,
    lying(
      book(`<svg width="620" height="860" viewBox="0 0 620 860">${cover}</svg>`, 620, 860),
      630,
      866,
      `translate(490 168) rotate(${tilt} 310 430)`,
    ),
    0.26,
  )

/** About letters: the parts of one word between its four lines. */
export const lettersImage = (): string =>
  onShelf(
    paint.fog,
    `<rect width="620" height="860" fill="${paint.ink}"/>
    ${[250, 338, 514, 588].map((y) => `<rect x="60" y="${y}" width="500" height="3" fill="${paint.sky}" opacity="0.7"/>`).join('')}
    <text x="310" y="514" text-anchor="middle" style="font:352px Casement" fill="${paint.paper}">ag</text>
    <circle cx="310" cy="714" r="44" fill="${paint.tomato}"/>`,
    4,
  )

/** About colour: the same grey dot looks different on every ground. */
export const colourImage = (): string =>
  onShelf(
    paint.sky,
    `<rect width="310" height="430" fill="${paint.tomato}"/><rect x="310" width="310" height="430" fill="${paint.pine}"/>
    <rect y="430" width="310" height="430" fill="${paint.sun}"/><rect x="310" y="430" width="310" height="430" fill="${paint.ink}"/>
    ${[
      [155, 215],
      [465, 215],
      [155, 645],
      [465, 645],
    ]
      .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="86" fill="#a9a49c"/>`)
      .join('')}`,
    -4,
  )

/** About grids: columns, rows and what may stand in them. */
export function gridsImage(): string {
  const cell = (column: number, row: number, columns: number, rows: number, colour: string) =>
    `<rect x="${60 + column * 130}" y="${80 + row * 120}" width="${columns * 130 - 20}" height="${rows * 120 - 20}" fill="${colour}"/>`
  const empty = Array.from({ length: 24 }, (_, index) => cell(index % 4, Math.floor(index / 4), 1, 1, '#e3e7e6')).join(
    '',
  )
  return onShelf(
    paint.sun,
    `<rect width="620" height="860" fill="${paint.paper}"/>${empty}${cell(0, 0, 2, 3, paint.tomato)}${cell(2, 3, 2, 2, paint.ink)}${cell(3, 0, 1, 1, paint.sky)}${cell(0, 4, 1, 2, paint.pine)}${cell(1, 5, 1, 1, paint.sun)}`,
    5,
  )
}
