import { archPath } from '../art/hour-window.ts'
import { paint } from '../art/palette.ts'
import { type Sleeve, sleeve } from '../art/posters.ts'
import { inset, lying, picture, scene } from '../art/scene.ts'
import { tracks } from '../sound/tracks.ts'

const quietHours: Sleeve = {
  title: 'Quiet Hours',
  line: 'Three loops for slow work',
  number: 1,
  hours: [21, 23, 1, 3],
  ground: '#0c1424',
}
const rainRooms: Sleeve = {
  title: 'Rain Rooms',
  line: 'Five loops for indoors',
  number: 2,
  hours: [5, 6, 7, 8],
  ground: '#3b5a78',
}

function record(colour: string): string {
  const grooves = [340, 318, 296, 274, 252, 230, 208, 186].map(
    (r) => `<circle cx="360" cy="360" r="${r}" fill="none" stroke="#fff" stroke-opacity="0.09" stroke-width="2"/>`,
  )
  return `<circle cx="342" cy="384" r="360" fill="#000" opacity="0.4" filter="url(#near)"/><circle cx="360" cy="360" r="360" fill="#0b0f18"/>${grooves.join('')}
    <circle cx="360" cy="360" r="128" fill="${colour}"/><circle cx="360" cy="360" r="11" fill="#dfe6e8"/>`
}

const onGround = (ground: string, what: Sleeve, label: string): string =>
  scene(
    ground,
    `<g transform="translate(716 240)">${record(label)}</g>${lying(inset(sleeve(what), [200, 200], [760, 760]), 760, 760, 'translate(270 220)')}`,
    0.13,
  )

/** The loops as a record that leaves its sleeve. */
export const recordImage = (): string => onGround(paint.pine, quietHours, paint.sun)

/** The record that is not out yet. */
export const rainImage = (): string => onGround(paint.fog, rainRooms, paint.blush)

/** Each loop as a window whose bars are its real loudness over time. */
export function loudnessImage(): string {
  const colours = [paint.sky, paint.sun, paint.blush]
  const windows = tracks.map((track, index) => {
    const x = 110 + index * 480
    const frame = { x, y: 120, width: 420, height: 820 }
    return `<clipPath id="t${index}"><path d="${archPath(frame)}"/></clipPath><path d="${archPath(frame)}" fill="#1c2b47"/>
      <g clip-path="url(#t${index})">${bars(track.play().left, x, colours[index] ?? paint.sky)}</g>
      <text x="${x}" y="1024" style="font:46px Casement" fill="${paint.paper}">${track.title}</text>`
  })
  return picture(`<rect width="1600" height="1200" fill="#0c1424"/>${windows.join('')}`)
}

function bars(samples: Float64Array, x: number, colour: string): string {
  const count = 28
  const step = Math.floor(samples.length / count)
  return Array.from({ length: count }, (_, index) => {
    const part = samples.subarray(index * step, (index + 1) * step)
    const power = Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length)
    const height = 60 + power * 1500
    return `<rect x="${x + 4 + index * 15}" y="${940 - height}" width="8" height="${height}" fill="${colour}"/>`
  }).join('')
}
