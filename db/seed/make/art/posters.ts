import { type Frame, hourWindow } from './hour-window.ts'
import { paint } from './palette.ts'

/** The poster "Twenty-four windows", 420 × 594 units (one unit is one millimetre of A2), as the inside of an SVG. */
export function dayPoster(): string {
  const windows = Array.from({ length: 24 }, (_, hour) => {
    const frame: Frame = { x: 34 + (hour % 6) * 60, y: 36 + Math.floor(hour / 6) * 113, width: 52, height: 94 }
    const label = String(hour).padStart(2, '0')
    return `${hourWindow(hour, frame, paint.paper)}
      <text x="${frame.x}" y="${frame.y + 104}" class="hour">${label}</text>`
  })
  return `<style>.hour{font:6.4px Casement;fill:${paint.ink}}.small{font:500 5.2px Hanken;fill:${paint.ink}}</style>
    <rect width="420" height="594" fill="${paint.paper}"/>${windows.join('')}
    <rect x="34" y="487" width="352" height="0.9" fill="${paint.ink}"/>
    <text x="33" y="527" style="font:31px Casement" fill="${paint.ink}">Twenty-four windows</text>
    <text x="34" y="546" class="small">One day of north light, hour by hour.</text>
    <text x="34" y="560" class="small" opacity="0.62">North Window, print no. 3</text>
    <g transform="translate(366 536)">${mark(paint.ink, 20, 26)}</g>`
}

/** The shop's mark: an arched window of four panes with its top left corner at 0 0. */
export function mark(colour: string, width: number, height: number): string {
  const gap = width * 0.09
  const r = width / 2
  const pane = r - gap / 2
  const lower = height - r - gap / 2
  const left = `<path d="M0 ${r - gap / 2}A${pane} ${r - gap / 2} 0 0 1 ${pane} 0V${r - gap / 2}Z"/>`
  const right = `<path d="M${width} ${r - gap / 2}A${pane} ${r - gap / 2} 0 0 0 ${width - pane} 0V${r - gap / 2}Z"/>`
  return `<g fill="${colour}">${left}${right}<rect y="${r + gap / 2}" width="${pane}" height="${lower}"/>
    <rect x="${width - pane}" y="${r + gap / 2}" width="${pane}" height="${lower}"/></g>`
}

/** The cover of "Small and Finished", 148 × 210 units. */
export function bookCover(kind = 'A working method for one-person studios'): string {
  return `<rect width="148" height="210" fill="${paint.tomato}"/>
    ${hourWindow(7.5, { x: 14, y: 14, width: 57, height: 108 }, paint.tomato)}
    ${hourWindow(18, { x: 77, y: 14, width: 57, height: 108 }, paint.tomato)}
    <g fill="${paint.paper}"><text x="13.4" y="149" style="font:21px Casement">Small and</text>
    <text x="13.4" y="170" style="font:21px Casement">Finished</text>
    <text x="14" y="185" style="font:500 5.2px Hanken">${kind}</text>
    <text x="14" y="197" style="font:600 4.4px Hanken" opacity="0.85">Mara Lindqvist</text></g>
    <g transform="translate(126 188)">${mark(paint.paper, 8, 10.4)}</g>`
}

/** What is printed on a record's sleeve. */
export type Sleeve = { title: string; line: string; number: number; hours: number[]; ground: string }

/** A record's sleeve, 200 × 200 units: its title over a row of windows. */
export function sleeve({ title, line, number, hours, ground }: Sleeve): string {
  const row = hours.map((hour, index) => hourWindow(hour, { x: 18 + index * 42, y: 62, width: 36, height: 84 }, ground))
  return `<rect width="200" height="200" fill="${ground}"/>${row.join('')}
    <text x="17" y="42" style="font:23px Casement" fill="${paint.paper}">${title}</text>
    <text x="18" y="168" style="font:500 6.2px Hanken" fill="${paint.sky}">${line}</text>
    <text x="18" y="182" style="font:500 6.2px Hanken" fill="${paint.sky}" opacity="0.7">North Window Sound, no. ${number}</text>`
}
