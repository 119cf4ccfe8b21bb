import { archPath } from './hour-window.ts'
import { paint } from './palette.ts'

/** A repeating tile of 200 × 200 units: what it shows meets itself on all four sides. */
export type Pattern = { name: string; tile: string }

const ground = (colour: string) => `<rect width="200" height="200" fill="${colour}"/>`
const arch = (x: number, y: number, width: number, height: number, colour: string) =>
  `<path d="${archPath({ x, y, width, height })}" fill="${colour}"/>`
const disc = (x: number, y: number, r: number, colour: string) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${colour}"/>`
const box = (x: number, y: number, width: number, height: number, colour: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colour}"/>`
/** Quarter disc whose right angle lies at x y and which opens to the given sides (1 or -1). */
const quarter = (x: number, y: number, r: number, [right, down]: [number, number], colour: string) =>
  `<path d="M${x} ${y}h${r * right}A${r} ${r} 0 0 ${right * down > 0 ? 1 : 0} ${x} ${y + r * down}Z" fill="${colour}"/>`

/** Leaf across a square of 100 units, from its upper left corner (or upper right, with -1) to the opposite one. */
const leaf = (x: number, y: number, lean: 1 | -1, colour: string) =>
  lean === 1
    ? `<path d="M${x} ${y}A100 100 0 0 1 ${x + 100} ${y + 100}A100 100 0 0 1 ${x} ${y}Z" fill="${colour}"/>`
    : `<path d="M${x + 100} ${y}A100 100 0 0 1 ${x} ${y + 100}A100 100 0 0 1 ${x + 100} ${y}Z" fill="${colour}"/>`

const rings = (x: number, y: number, colours: string[]) =>
  colours.map((colour, index) => disc(x, y, 100 - index * 25, colour)).join('')

const scales = (y: number, shift: number) =>
  [-1, 0, 1, 2].map((n) => rings(n * 200 + shift - 100, y, [paint.pine, paint.sky, paint.pine, paint.sun])).join('')

/** The eight patterns of "Eight Panes". */
export const patterns: Pattern[] = [
  {
    name: 'arcade',
    tile:
      ground(paint.blush) +
      arch(14, 24, 72, 176, paint.tomato) +
      arch(32, 60, 36, 140, paint.sun) +
      arch(114, 24, 72, 176, paint.pine) +
      arch(132, 60, 36, 140, paint.sky),
  },
  {
    name: 'casements',
    tile:
      ground(paint.ink) +
      [0, 100]
        .map((x) =>
          [0, 100]
            .map(
              (y) =>
                box(x + 10, y + 10, 37, 37, paint.sky) +
                box(x + 53, y + 10, 37, 37, paint.sky) +
                box(x + 10, y + 53, 37, 37, (x + y) % 200 ? paint.sky : paint.sun) +
                box(x + 53, y + 53, 37, 37, paint.sky),
            )
            .join(''),
        )
        .join(''),
  },
  {
    name: 'petals',
    tile:
      ground(paint.sun) +
      leaf(0, 0, 1, paint.tomato) +
      leaf(100, 100, 1, paint.tomato) +
      leaf(100, 0, -1, paint.paper) +
      leaf(0, 100, -1, paint.paper) +
      disc(100, 50, 9, paint.ink) +
      disc(0, 150, 9, paint.ink) +
      disc(200, 150, 9, paint.ink),
  },
  {
    name: 'scales',
    tile:
      ground(paint.pine) +
      scales(0, 0) +
      scales(50, 100) +
      scales(100, 0) +
      scales(150, 100) +
      scales(200, 0) +
      scales(250, 100) +
      scales(300, 0),
  },
  {
    name: 'moons',
    tile:
      ground(paint.ink) +
      disc(50, 50, 34, paint.paper) +
      disc(64, 44, 30, paint.ink) +
      disc(150, 150, 34, paint.sun) +
      [
        [150, 50],
        [50, 150],
        [100, 100],
        [0, 0],
        [200, 0],
        [0, 200],
        [200, 200],
      ]
        .map(([x = 0, y = 0]) => disc(x, y, 5, paint.sky))
        .join(''),
  },
  {
    name: 'shutters',
    tile:
      ground(paint.paper) +
      [0, 1, 2, 3].map((n) => box(8, n * 50 + 8, 84, 34, n % 2 ? paint.sky : paint.pine)).join('') +
      [0, 1, 2, 3].map((n) => box(108, n * 50 + 8, 84, 34, n % 2 ? paint.pine : paint.sky)).join(''),
  },
  {
    name: 'hills',
    tile:
      ground(paint.sky) +
      disc(50, 60, 26, paint.sun) +
      disc(0, 170, 76, paint.pine) +
      disc(200, 170, 76, paint.pine) +
      disc(100, 190, 66, '#3f8a72') +
      box(0, 170, 200, 30, paint.pine) +
      disc(150, 60, 8, paint.paper),
  },
  {
    name: 'steps',
    tile:
      ground(paint.tomato) +
      quarter(0, 100, 100, [1, -1], paint.paper) +
      quarter(100, 100, 100, [1, -1], paint.ink) +
      quarter(200, 200, 100, [-1, -1], paint.paper) +
      quarter(100, 200, 100, [-1, -1], paint.sun),
  },
]

/** One tile as an SVG file. */
export const tileSvg = ({ tile }: Pattern, pixels = 200): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}" viewBox="0 0 200 200">${tile}</svg>\n`

/** An area filled with a pattern; `size` is the side of one tile. */
export function filled(
  pattern: Pattern,
  [x, y, width, height]: [number, number, number, number],
  size: number,
): string {
  const id = `p-${pattern.name}-${x}-${y}`
  return `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" viewBox="0 0 200 200" x="${x}" y="${y}">${pattern.tile}</pattern>
    <rect x="${x}" y="${y}" width="${width}" height="${height}" fill="url(#${id})"/>`
}
