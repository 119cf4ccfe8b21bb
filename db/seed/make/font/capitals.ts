import { type Drawing, glyph, OPEN, ROUND, STEM } from './glyph.ts'
import { type Box, clip, cut, disc, mirrorY, rect, ring, roundRight, unite } from './shapes.ts'
import { arch, bay, bowl, cup, elbow, slope } from './strokes.ts'

const W = { x: 134, y: 122 }
const CIRCLE: Box = [0, -10, 720, 710]
const stem = (x: number) => rect([x, 0, x + W.x, 700])
const bar = (left: number, right: number, bottom: number) => rect([left, bottom, right, bottom + W.y])
const half: Box = [0, 290, 470, 700]
const low: Box = [0, 0, 500, 412]

const bowlP = cut(roundRight([0, 256, 500, 700]), roundRight([W.x, 256 + W.y, 500 - W.x, 700 - W.y]))
const squareShoulder = unite(rect([0, 400, W.x, 700]), rect([0, 700 - W.y, 280, 700]))
const curveN = unite(arch([0, 0, 566, 700], W), squareShoulder)
const doubleArch = unite(arch([0, 0, 496, 700], W), arch([496 - W.x, 0, 992 - W.x, 700], W))
const upperS = unite(bay([0, 289, 270, 700], W), bar(200, 476, 578))
const lowerS = unite(bowl([230, 0, 500, 411], W), bar(16, 300, 0))
const curveL = mirrorY(elbow([0, 0, 430, 700], W, 250), [0, 0, 430, 700])

/** The capitals: every one that can be is an arched window or a part of one. */
export const capitals: Record<string, Drawing> = {
  A: glyph(unite(arch([0, 0, 580, 700], W), bar(W.x - 1, 580 - W.x + 1, 190)), STEM, STEM),
  B: glyph(
    unite(
      cut(roundRight(half), roundRight([W.x, 290 + W.y, 470 - W.x, 700 - W.y])),
      cut(roundRight(low), roundRight([W.x, W.y, 500 - W.x, 412 - W.y])),
    ),
    STEM,
    ROUND,
  ),
  C: glyph(cut(ring(CIRCLE, W.x, W.y), rect([400, 232, 800, 468])), ROUND, OPEN),
  D: glyph(cut(roundRight([0, 0, 630, 700]), roundRight([W.x, W.y, 630 - W.x, 700 - W.y])), STEM, ROUND),
  E: glyph(unite(bay([0, 0, 530, 700], W), bar(W.x - 20, 490, 289)), ROUND, OPEN),
  F: glyph(unite(elbow([0, 0, 450, 700], W, 250), bar(W.x - 1, 410, 300)), STEM, OPEN),
  G: glyph(
    unite(cut(ring(CIRCLE, W.x, W.y), rect([400, 356, 800, 478])), clip(rect([370, 246, 730, 368]), disc(CIRCLE))),
    ROUND,
    ROUND,
  ),
  H: glyph(unite(stem(0), stem(440), bar(W.x - 1, 441, 289)), STEM, STEM),
  I: glyph(stem(0), STEM, STEM),
  J: glyph(cut(cup([0, 0, 430, 700], W), rect([-1, 215, W.x + 1, 701])), OPEN, STEM),
  K: glyph(
    unite(
      stem(0),
      clip(slope([-15, 0], [470, 700], 172), rect([W.x - 2, 0, 700, 700])),
      slope([484, 0], [258, 400], 172),
    ),
    STEM,
    OPEN,
  ),
  L: glyph(curveL, STEM, OPEN),
  M: glyph(unite(doubleArch, squareShoulder), STEM, STEM),
  N: glyph(curveN, STEM, STEM),
  O: glyph(ring(CIRCLE, W.x, W.y), ROUND, ROUND),
  P: glyph(unite(bowlP, stem(0)), STEM, ROUND),
  Q: glyph(unite(ring(CIRCLE, W.x, W.y), slope([650, -10], [470, 230], 168)), ROUND, ROUND),
  R: glyph(unite(bowlP, stem(0), slope([440, 0], [286, 300], 160)), STEM, OPEN),
  S: glyph(unite(upperS, lowerS), ROUND, ROUND),
  T: glyph(unite(bar(0, 560, 578), stem(213)), OPEN, OPEN),
  U: glyph(cup([0, 0, 566, 700], W), STEM, STEM),
  V: glyph(unite(slope([300, 0], [76, 700], 152), slope([300, 0], [524, 700], 152)), OPEN - 14, OPEN - 14),
  W: glyph(unite(cup([0, 0, 496, 700], W), cup([496 - W.x, 0, 992 - W.x, 700], W)), STEM, STEM),
  X: glyph(unite(slope([86, 0], [500, 700], 172), slope([500, 0], [86, 700], 172)), OPEN - 14, OPEN - 14),
  Y: glyph(unite(cup([0, 262, 566, 700], W), rect([216, 0, 350, 330])), STEM - 10, STEM - 10),
  Z: glyph(unite(bar(10, 530, 578), bar(0, 540, 0), slope([86, 0], [444, 700], 172)), OPEN, OPEN),
}
