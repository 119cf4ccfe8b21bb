import { capitals } from './capitals.ts'
import { type Drawing, glyph, ROUND, STEM } from './glyph.ts'
import { lowercase } from './lowercase.ts'
import { cut, move, polygon, rect, type Shape, unite } from './shapes.ts'
import { arch, bowl, slope } from './strokes.ts'

const W = { x: 126, y: 112 }
const cedilla = polygon([0, 10], [90, 10], [40, -150], [-60, -150])

/** Letters of European languages that are more than a letter with a mark on top. */
export const ligatures: Record<string, Drawing> = {
  ß: glyph(
    unite(
      cut(arch([0, 0, 420, 720], W), rect([200, 0, 421, 500])),
      bowl([190, 300, 420, 720], W),
      bowl([180, 0, 470, 400], W),
    ),
    STEM,
    ROUND,
  ),
  æ: glyph(joined(lowercase, 'a', 'e', 396), ROUND, ROUND),
  œ: glyph(joined(lowercase, 'o', 'e', 390), ROUND, ROUND),
  Æ: glyph(joined(capitals, 'A', 'E', 446), STEM, ROUND),
  Œ: glyph(joined(capitals, 'O', 'E', 500), ROUND, ROUND),
  ø: glyph(unite(drawn(lowercase, 'o'), slope([60, -50], [456, 550], 100)), ROUND, ROUND),
  Ø: glyph(unite(drawn(capitals, 'O'), slope([90, -50], [630, 750], 108)), ROUND, ROUND),
  ç: glyph(unite(drawn(lowercase, 'c'), move(cedilla, 240, 0)), ROUND, ROUND),
  Ç: glyph(unite(drawn(capitals, 'C'), move(cedilla, 340, 0)), ROUND, ROUND),
}

function drawn(set: Record<string, Drawing>, letter: string): Shape {
  const found = set[letter]
  if (!found) throw new TypeError(`No drawing for ${letter}`)
  return found.outline
}

function joined(set: Record<string, Drawing>, first: string, second: string, shift: number): Shape {
  return unite(drawn(set, first), move(drawn(set, second), shift, 0))
}
