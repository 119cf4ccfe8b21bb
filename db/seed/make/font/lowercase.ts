import { type Drawing, glyph, OPEN, ROUND, STEM } from './glyph.ts'
import { type Box, cut, disc, mirrorY, rect, ring, unite } from './shapes.ts'
import { arch, bay, bowl, cup, elbow, slope } from './strokes.ts'

const W = { x: 126, y: 112 }
const X = 500
const CIRCLE: Box = [0, -8, 516, 508]
const RIGHT = 516 - W.x
const round = ring(CIRCLE, W.x, W.y)
const stem = (x: number, bottom: number, top: number) => rect([x, bottom, x + W.x, top])
const bar = (left: number, right: number, bottom: number) => rect([left, bottom, right, bottom + W.y])
const dot = (x: number) => disc([x - 10, 570, x + W.x + 10, 570 + W.x + 20])

const shoulder = unite(rect([0, 250, W.x, X]), rect([0, X - W.y, 220, X]))
const curveN = arch([0, 0, 452, X], W)
const hookG = cut(cup([60, -210, 516, 250], W), rect([59, -92, 516 - W.x - 1, 300]))
const hookJ = cut(cup([-190, -210, 126, 250], W), rect([-191, -52, -64, 300]))
const hookT: Box = [0, 0, 330, 640]
const smallS = unite(
  unite(bay([0, 194, 210, X], W), bar(170, 376, X - W.y)),
  unite(bowl([190, 0, 390, 306], W), bar(10, 230, 0)),
)

/** The small letters: one circle, one stem, one arch. */
export const lowercase: Record<string, Drawing> = {
  a: glyph(unite(round, stem(RIGHT, 0, X)), ROUND, STEM),
  b: glyph(unite(round, stem(0, 0, 720)), STEM, ROUND),
  c: glyph(cut(round, rect([290, 158, 600, 342])), ROUND, OPEN - 6),
  d: glyph(unite(round, stem(RIGHT, 0, 720)), ROUND, STEM),
  e: glyph(unite(cut(round, rect([300, 118, 600, 206])), bar(W.x - 20, 506, 200)), ROUND, ROUND - 8),
  f: glyph(unite(elbow([0, 0, 330, 720], W, 210), bar(-70, 300, X - W.y)), OPEN, OPEN - 10),
  g: glyph(unite(round, stem(RIGHT, 0, X), hookG), ROUND, STEM),
  h: glyph(unite(curveN, stem(0, 0, 720)), STEM, STEM),
  i: glyph(unite(stem(0, 0, X), dot(0)), STEM - 10, STEM - 10),
  j: glyph(unite(hookJ, stem(0, 0, X), dot(0)), -110, STEM - 10),
  k: glyph(
    unite(
      stem(0, 0, 720),
      cut(slope([-20, 0], [366, X], 162), rect([-200, 0, 125, X])),
      slope([390, 0], [226, 290], 162),
    ),
    STEM,
    OPEN,
  ),
  l: glyph(stem(0, 0, 720), STEM, STEM),
  m: glyph(unite(arch([0, 0, 420, X], W), arch([420 - W.x, 0, 840 - W.x, X], W), shoulder), STEM, STEM),
  n: glyph(unite(curveN, shoulder), STEM, STEM),
  o: glyph(round, ROUND, ROUND),
  p: glyph(unite(round, stem(0, -210, X)), STEM, ROUND),
  q: glyph(unite(round, stem(RIGHT, -210, X)), ROUND, STEM),
  r: glyph(unite(elbow([0, 0, 330, X], W, 200), stem(0, 0, X)), STEM, OPEN - 16),
  s: glyph(smallS, ROUND, ROUND),
  t: glyph(unite(mirrorY(elbow(hookT, W, 200), hookT), bar(-76, 300, X - W.y)), OPEN, OPEN - 4),
  u: glyph(cup([0, 0, 452, X], W), STEM, STEM),
  v: glyph(unite(slope([232, 0], [72, X], 144), slope([232, 0], [392, X], 144)), OPEN - 14, OPEN - 14),
  w: glyph(unite(cup([0, 0, 420, X], W), cup([420 - W.x, 0, 840 - W.x, X], W)), STEM, STEM),
  x: glyph(unite(slope([80, 0], [384, X], 160), slope([384, 0], [80, X], 160)), OPEN - 14, OPEN - 14),
  y: glyph(unite(cup([0, 0, 452, X], W), stem(452 - W.x, -20, X), tailY()), STEM, STEM),
  z: glyph(unite(bar(8, 410, X - W.y), bar(0, 420, 0), slope([82, 0], [338, X], 164)), OPEN, OPEN),
}

function tailY() {
  return cut(cup([-4, -210, 452, 240], W), rect([-5, -92, 452 - W.x - 1, 300]))
}
