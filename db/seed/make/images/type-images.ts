import { archPath } from '../art/hour-window.ts'
import { paint } from '../art/palette.ts'
import { picture, scene } from '../art/scene.ts'
import { characters } from '../font/make-font.ts'

const text = (x: number, y: number, size: number, words: string, colour: string, anchor = 'start') =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" style="font:${size}px Casement" fill="${colour}">${words}</text>`

/** Two letters, as large as they go. */
export const fontImage = (): string =>
  scene(
    paint.sun,
    text(800, 880, 860, 'Aa', paint.ink, 'middle') + text(90, 1110, 58, 'Casement Display', paint.ink),
    0.3,
  )

/** All letters and digits in a grid of windows. */
export function charactersImage(): string {
  const shown = characters.filter((character) => /[A-Za-z0-9&?!€]/.test(character) && character < '\u0080').slice(0, 70)
  const cells = [...shown].slice(0, 66).map((character, index) => {
    const x = 88 + (index % 11) * 130
    const y = 110 + Math.floor(index / 11) * 168
    const colour = index % 7 === 3 ? paint.sun : index % 5 === 1 ? paint.sky : paint.paper
    return text(x + 62, y + 104, 96, character.replace('&', '&amp;'), colour, 'middle')
  })
  return picture(`<rect width="1600" height="1200" fill="${paint.ink}"/>${cells.join('')}`)
}

/** The face in use: three signs. */
export function signsImage(): string {
  const sign = (x: number, colour: string, ink: string, lines: [string, number][]) =>
    `<path d="${archPath({ x, y: 130, width: 450, height: 940 })}" fill="${colour}"/>` +
    lines.map(([words, size], index) => text(x + 225, 560 + index * 130, size, words, ink, 'middle')).join('')
  return picture(`<rect width="1600" height="1200" fill="${paint.blush}"/>
    ${sign(80, paint.tomato, paint.paper, [
      ['Bakery', 104],
      ['open', 104],
      ['from 7:30', 62],
    ])}
    ${sign(575, paint.pine, paint.sun, [
      ['Room', 104],
      ['No. 24', 92],
      ['please knock', 58],
    ])}
    ${sign(1070, paint.sky, paint.ink, [
      ['Swim', 120],
      ['more', 112],
      ['in August', 68],
    ])}`)
}
