import { readFileSync } from 'node:fs'
import { hourWindow } from '../art/hour-window.ts'
import { paint } from '../art/palette.ts'
import { bookCover, mark } from '../art/posters.ts'
import { toPdf } from '../page/browser.ts'
import { faces } from '../page/faces.ts'
import { type Chapter, chapters } from './chapters.ts'
import { aboutTheSample, colophon } from './colophon.ts'

const sheet = { width: 148, height: 210 }
const css = readFileSync(`${import.meta.dirname}/book.css`, 'utf8')
const grounds = [
  paint.sky,
  paint.sun,
  paint.blush,
  paint.pine,
  paint.tomato,
  paint.fog,
  paint.sun,
  paint.sky,
  paint.ink,
  paint.blush,
]

/** The e-book "Small and Finished" as a PDF with contents, links and bookmarks. */
export async function makeBook(): Promise<Buffer> {
  const all = chapters()
  return toPdf(await bound('Small and Finished', all, bookCover(), colophon), sheet)
}

/** The free sample: introduction and first chapter of the same book. */
export async function makeSample(): Promise<Buffer> {
  const cover = bookCover('The introduction and chapter one')
  return toPdf(await bound('Small and Finished: the sample', chapters().slice(0, 2), cover, aboutTheSample), sheet)
}

async function bound(title: string, parts: Chapter[], cover: string, ending: string): Promise<string> {
  const front = `<section class="bleed">${drawing(cover)}</section>`
  const numbers = await pageNumbers(parts, 3)
  const body = parts.map((part) => opener(part) + text(part)).join('')
  return document(title, front + contents(parts, numbers) + body + ending + backCover())
}

/** A chapter begins on its own page, so its pages can be counted by rendering it alone. */
async function pageNumbers(parts: Chapter[], first: number): Promise<number[]> {
  const numbers = [first]
  for (const part of parts) {
    const pdf = await toPdf(document(part.title, opener(part) + text(part)), sheet)
    numbers.push((numbers.at(-1) ?? first) + (pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0))
  }
  return numbers
}

function contents(parts: Chapter[], numbers: number[]): string {
  const line = (part: Chapter, index: number) =>
    `<li><a href="#${part.id}"><span>${part.number}</span> <span>${part.title}</span> <span>${numbers[index]}</span></a></li>`
  return `<section class="text contents"><h2>Contents</h2><ol>${parts.map(line).join('')}</ol></section>`
}

function opener(part: Chapter): string {
  const order = Number(part.id.slice(5))
  const ground = grounds[order] ?? paint.sky
  const colour = ground === paint.pine || ground === paint.ink || ground === paint.tomato ? paint.paper : paint.ink
  const window = hourWindow((6 + order * 1.9) % 24, { x: 62, y: 14, width: 72, height: 118 }, ground)
  return `<section class="bleed opener" id="${part.id}" style="color:${colour}">
    ${drawing(`<rect width="148" height="210" fill="${ground}"/>${window}`)}
    <p class="number">${part.number}</p><h1>${part.title}</h1></section>`
}

const text = (part: Chapter) =>
  `<section class="text${part.title === 'Worksheets' ? ' worksheets' : ''}">${part.html}</section>`

const backCover = () =>
  `<section class="bleed" style="break-after:auto">${drawing(
    `<rect width="148" height="210" fill="${paint.tomato}"/><g transform="translate(64 90)">${mark(paint.paper, 20, 26)}</g>`,
  )}</section>`

const drawing = (inside: string) =>
  `<svg viewBox="0 0 148 210" preserveAspectRatio="xMidYMid slice" role="img" aria-label="Arched window">${inside}</svg>`

const document = (title: string, body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>${faces}${css}</style>${body}</html>`
