import { paint } from '../art/palette.ts'
import { filled, patterns } from '../art/patterns.ts'
import { dayPoster } from '../art/posters.ts'
import { inset, lying, picture, scene } from '../art/scene.ts'
import { planner } from '../prints/planner.ts'

/** The poster in a thin frame on the wall. */
export function posterImage(): string {
  const frame = `<rect x="-16" y="-16" width="732" height="1022" fill="#2a2320"/><rect x="-16" y="-16" width="732" height="3" fill="#fff" opacity="0.25"/>`
  return scene(
    paint.blush,
    lying(frame + inset(dayPoster(), [420, 594], [700, 990]), 700, 990, 'translate(450 105)'),
    0.26,
  )
}

/** Six of its windows, close. */
export const posterDetail = (): string =>
  picture(
    `<svg width="1600" height="1200" viewBox="27 255 296 222" preserveAspectRatio="xMidYMid slice">${dayPoster()}</svg>`,
  )

/** All eight patterns. */
export const patternsImage = (): string =>
  picture(
    patterns
      .map((pattern, index) => filled(pattern, [(index % 4) * 400, Math.floor(index / 4) * 600, 400, 600], 200))
      .join(''),
  )

/** Sheets of wrapping paper with three of the patterns. */
export function wrappingImage(): string {
  const sheet = (name: string, place: string) => {
    const pattern = patterns.find((candidate) => candidate.name === name)
    if (!pattern) throw new TypeError(`No pattern ${name}`)
    return lying(filled(pattern, [0, 0, 640, 860], 160), 640, 860, place)
  }
  return scene(
    paint.fog,
    sheet('scales', 'translate(190 210) rotate(-14 320 430)') +
      sheet('petals', 'translate(500 160) rotate(-1 320 430)') +
      sheet('arcade', 'translate(820 230) rotate(12 320 430)'),
    0.3,
  )
}

/** The planner of a past year, on a table. */
export const plannerImage = (): string =>
  scene(
    paint.sun,
    lying(inset(planner(), [420, 297], [1240, 877]), 1240, 877, 'translate(180 165) rotate(-3 620 438)'),
    0.25,
  )
