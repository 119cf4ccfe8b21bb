import { readFileSync } from 'node:fs'
import { hourWindow } from '../art/hour-window.ts'
import { paint } from '../art/palette.ts'
import { bookCover } from '../art/posters.ts'
import { book, inset, lying, scene } from '../art/scene.ts'
import { chapters } from '../book/chapters.ts'

const css = readFileSync(`${import.meta.dirname}/../book/book.css`, 'utf8').replace(/@page[\s\S]*?\n}\n/g, '')

const cover = (text: string | undefined, width: number) =>
  inset(bookCover(text), [148, 210], [width, (width * 210) / 148])

/** The e-book as a bound book. */
export const bookImage = (): string =>
  scene(paint.sky, lying(book(cover(undefined, 620), 620, 880), 630, 886, 'translate(486 158) rotate(-5 310 440)'))

/** A chapter's first spread: its window and its first page of text. */
export function spreadImage(): string {
  const paper = `<rect width="560" height="794" fill="#fdfdfb"/>${textPage(2)}
    <rect width="46" height="794" fill="url(#gutter)"/>`
  const left = `<rect width="148" height="210" fill="${paint.pine}"/>${hourWindow(11.7, { x: 62, y: 14, width: 72, height: 118 }, paint.pine)}
    <text x="14" y="22" style="font:6px Casement" fill="${paint.paper}">3</text>
    <text x="14" y="176" style="font:10.4px Casement" fill="${paint.paper}">Make the ugly</text><text x="14" y="188" style="font:10.4px Casement" fill="${paint.paper}">whole first</text>`
  const spread = `<linearGradient id="gutter"><stop stop-color="#000" stop-opacity="0.2"/><stop offset="1" stop-color="#000" stop-opacity="0"/></linearGradient>
    <rect x="-6" y="4" width="1252" height="886" fill="#c9d2d2"/>${inset(left, [148, 210], [620, 880])}
    <g transform="translate(620 0)">${inset(paper, [560, 794], [624, 884])}</g>`
  return scene(paint.blush, lying(spread, 1246, 884, 'translate(178 166) rotate(3 620 440)'))
}

/** The first blocks of a chapter as its page of text, 560 × 794. */
function textPage(order: number): string {
  const blocks = (chapters()[order + 1]?.html ?? '').split(/(?<=<\/(?:p|ul|ol|h2|blockquote)>)\n/).slice(0, 7)
  return `<foreignObject width="560" height="794"><div xmlns="http://www.w3.org/1999/xhtml" lang="en" style="padding:64px 68px 0 76px;font:12.7px/1.5 Literata;color:${paint.ink}">
    <style>${css}</style><div class="text">${blocks.join('')}</div></div></foreignObject>`
}

/** The free sample: a thin booklet on top of a loose first page. */
export function sampleImage(): string {
  const leaf = inset(`<rect width="560" height="794" fill="#fdfdfb"/>${textPage(0)}`, [560, 794], [520, 737])
  const booklet = cover('The introduction and chapter one', 520)
  return scene(
    paint.sun,
    lying(leaf, 520, 737, 'translate(760 250) rotate(9 260 370)') +
      lying(booklet, 520, 738, 'translate(340 210) rotate(-5 260 370)'),
  )
}
