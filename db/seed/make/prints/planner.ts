import { hourWindow } from '../art/hour-window.ts'
import { paint } from '../art/palette.ts'

const YEAR = 2025
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** The year planner 2025, 420 × 297 units (A3): a window for every month above its days. */
export function planner(): string {
  return `<rect width="420" height="297" fill="${paint.paper}"/>
    <text x="20" y="34" style="font:22px Casement" fill="${paint.ink}">${YEAR}</text>
    <text x="400" y="33" text-anchor="end" style="font:500 5px Hanken" fill="${paint.ink}">North Window, year planner</text>
    ${months.map(monthBlock).join('')}`
}

function monthBlock(name: string, index: number): string {
  const x = 20 + (index % 6) * 64.4
  const y = 46 + Math.floor(index / 6) * 122
  return `${hourWindow((index * 2 + 3) % 24, { x, y, width: 58, height: 62 }, paint.paper)}
    <text x="${x}" y="${y + 72}" style="font:6.4px Casement" fill="${paint.ink}">${name}</text>${days(index, x, y + 80)}`
}

function days(month: number, x: number, y: number): string {
  const first = (new Date(Date.UTC(YEAR, month, 1)).getUTCDay() + 6) % 7
  const count = new Date(Date.UTC(YEAR, month + 1, 0)).getUTCDate()
  return Array.from({ length: count }, (_, index) => {
    const cell = first + index
    const colour = cell % 7 > 4 ? '#c93413' : paint.ink
    return `<text x="${x + 4 + (cell % 7) * 8.4}" y="${y + Math.floor(cell / 7) * 6.2}" text-anchor="middle" style="font:500 4.4px Hanken" fill="${colour}">${index + 1}</text>`
  }).join('')
}
