import { paint } from '../art/palette.ts'
import { characters } from '../font/make-font.ts'
import { toPdf } from '../page/browser.ts'
import { faces } from '../page/faces.ts'

const css = `@page{margin:0}*{box-sizing:border-box;margin:0}
section{width:var(--sheet-width);height:var(--sheet-height);padding:16mm;break-after:page;position:relative;overflow:hidden}
section:last-child{break-after:auto}
h1,h2,p{font:400 12pt/1.2 Casement}.label{font:500 8.6pt/1.5 Hanken}
.foot{position:absolute;left:16mm;right:16mm;bottom:14mm;display:flex;justify-content:space-between}
.grid{display:grid;grid-template-columns:repeat(14,1fr);margin-top:10mm;border-top:.3mm solid;border-left:.3mm solid}
.grid span{border:solid;border-width:0 .3mm .3mm 0;font:20pt/1 Casement;height:15.4mm;display:grid;place-items:center}`

const foot = (page: string) => `<p class="foot label"><span>Casement Display</span><span>${page}</span></p>`
const sizes = [
  [72, 'Open shutters'],
  [62, 'Arches of 1926'],
  [44, 'Breakfast from 7:30'],
  [30, 'Günther & Zoë bought €48 of tiles'],
  [
    17,
    'Museum of Small Machines. Rooms 1–9, second door (please knock). Open on Thursday and Friday, except when it rains.',
  ],
].map(([size, text]) => `<p style="font-size:${size}pt;line-height:1.16;margin-top:11mm">${text}</p>`)

const pages = `<section style="background:${paint.sun};color:${paint.ink}">
    <p class="label">North Window Type, no. 1</p><h1 style="font-size:300pt;line-height:.9;margin:24mm 0 12mm -4mm">Aa</h1>
    <h2 style="font-size:44pt;line-height:1.08">Casement<br>Display</h2>${foot('A face built from arched windows')}</section>
  <section style="background:${paint.paper};color:${paint.ink}"><h2 style="font-size:24pt">In use</h2>${sizes.join('')}${foot('Sizes from 72 to 17 point')}</section>
  <section style="background:${paint.ink};color:${paint.paper}"><h2 style="font-size:24pt">All ${characters.length} characters</h2>
    <div class="grid">${characters.map((character) => `<span>${character.replace('&', '&amp;').replace('<', '&lt;')}</span>`).join('')}</div>${foot('OpenType, one weight, kerned')}</section>
  <section style="background:${paint.tomato};color:${paint.paper}"><h2 style="font-size:58pt;line-height:1.12;margin-top:36mm">North<br>light is<br>the same<br>all day,<br>so the<br>eye can<br>rest.</h2>${foot('58 point')}</section>`

/** The specimen that comes with the font: four A4 pages. */
export const makeSpecimen = (): Promise<Buffer> =>
  toPdf(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Casement Display, a specimen</title><style>${faces}${css}</style>${pages}</html>`,
    { width: 210, height: 297 },
  )
