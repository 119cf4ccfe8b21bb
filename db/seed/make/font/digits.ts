import { type Drawing, glyph, OPEN, ROUND, STEM } from './glyph.ts'
import { type Box, mirrorX, mirrorY, rect, ring, unite } from './shapes.ts'
import { arch, bowl, cup, elbow, slope } from './strokes.ts'

const W = { x: 134, y: 122 }
const bar = (left: number, right: number, bottom: number) => rect([left, bottom, right, bottom + W.y])
const stem = (x: number) => rect([x, 0, x + W.x, 700])
const WHOLE: Box = [0, 0, 500, 700]

const two = unite(bowl([220, 289, 490, 700], W), bar(20, 300, 578), elbow([0, 0, 300, 411], W, 220), bar(0, 500, 0))
const six = unite(ring([0, -10, 520, 470], W.x, W.y), elbow([0, 230, 450, 700], W, 260))
const turned = mirrorX(mirrorY(six, WHOLE), [0, 0, 520, 700])

/** The digits, all of cap height. */
export const digits: Record<string, Drawing> = {
  0: glyph(unite(arch([0, 340, 540, 710], W), cup([0, -10, 540, 360], W)), ROUND, ROUND),
  1: glyph(unite(stem(150), bar(20, 160, 578)), OPEN, STEM),
  2: glyph(two, ROUND, ROUND),
  3: glyph(unite(bowl([30, 289, 470, 700], W), bowl([10, 0, 500, 411], W)), OPEN, ROUND),
  4: glyph(unite(rect([330, 0, 464, 700]), bar(0, 556, 130), slope([82, 200], [376, 700], 164)), OPEN, OPEN),
  5: glyph(
    unite(bar(30, 460, 578), rect([30, 330, 30 + W.x, 700]), bowl([30, 0, 500, 452], W), bar(10, 60, 0)),
    ROUND,
    ROUND,
  ),
  6: glyph(six, ROUND, ROUND),
  7: glyph(unite(bar(0, 510, 578), slope([180, 0], [430, 700], 160)), OPEN, OPEN),
  8: glyph(unite(ring([26, 292, 494, 710], W.x, W.y - 6), ring([0, -10, 520, 418], W.x, W.y - 6)), ROUND, ROUND),
  9: glyph(turned, ROUND, ROUND),
}
