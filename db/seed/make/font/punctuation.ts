import { type Drawing, glyph, OPEN, ROUND, STEM } from './glyph.ts'
import { type Box, clip, cut, disc, mirrorX, move, polygon, rect, ring, type Shape, unite } from './shapes.ts'
import { arch, bay, bowl, cup, slope } from './strokes.ts'

const W = { x: 124, y: 108 }
const spot = (x: number, y: number, size = 150) => disc([x, y, x + size, y + size])
const drop = (x: number, y: number): Shape =>
  unite(spot(x, y), polygon([x + 20, y + 30], [x + 150, y + 75], [x + 70, y - 120], [x - 20, y - 120]))
const tick = (x: number, foot = 470): Shape => polygon([x, 720], [x + 120, 720], [x + 100, foot], [x + 20, foot])
const bar = (left: number, right: number, bottom: number) => rect([left, bottom, right, bottom + W.y])
const quote = (x: number): Shape => move(drop(x, 0), 0, 560)
const quoteUp = (x: number): Shape => upsideDown(mirrorX(quote(x), [x, 0, x + 150, 0]))
const chevron = (x: number): Shape =>
  unite(slope([x + 190, 60], [x + 70, 250], 120), slope([x + 190, 440], [x + 70, 250], 120))
const round: Box = [0, -150, 760, 800]
const question = unite(bowl([20, 330, 470, 710], W), rect([180, 215, 180 + W.x, 430]), spot(167, 0))
const paren = clip(ring(round, W.x, 60), rect([0, -110, 250, 760]))
const bracket = unite(rect([0, -110, W.x, 760]), bar(0, 250, 652), bar(0, 250, -110))

function upsideDown(shape: Shape): Shape {
  const copy = shape.clone() as Shape
  copy.scale(1, -1)
  return copy
}

const euro = unite(
  cut(ring([60, -10, 700, 710], 134, 118), rect([420, 230, 800, 470])),
  bar(0, 430, 388),
  bar(0, 410, 216),
)
const dollarS = unite(bay([0, 289, 270, 700], W), bar(200, 476, 592), bowl([230, 0, 500, 411], W), bar(16, 300, 0))
const pound = unite(
  bar(0, 500, 0),
  rect([110, 0, 234, 520]),
  arch([110, 300, 480, 710], W).subtract(rect([300, 290, 500, 520])),
  bar(0, 380, 290),
)
const at = unite(
  cut(ring([0, -130, 800, 690], 90, 84), rect([460, -130, 820, 130])),
  ring([220, 110, 560, 450], 96, 86),
  rect([464, 110, 556, 450]),
  bar(464, 760, 110).intersect(disc([0, -130, 800, 690])),
)
const ampersand = unite(
  ring([80, 330, 460, 710], W.x, W.y),
  ring([0, -10, 520, 430], W.x, W.y),
  slope([600, 0], [300, 370], 150),
  bar(420, 620, 150),
)

/** Punctuation, currency and the signs that a price or an address needs. */
export const punctuation: Record<string, Drawing> = {
  '.': glyph(spot(0, 0), OPEN, OPEN),
  ',': glyph(drop(0, 0), OPEN, OPEN),
  ':': glyph(unite(spot(0, 0), spot(0, 350)), OPEN, OPEN),
  ';': glyph(unite(drop(0, 0), spot(0, 350)), OPEN, OPEN),
  '…': glyph(unite(spot(0, 0), spot(220, 0), spot(440, 0)), OPEN, OPEN),
  '·': glyph(spot(0, 275), OPEN, OPEN),
  '•': glyph(spot(0, 230, 240), OPEN, OPEN),
  '!': glyph(unite(spot(0, 0), rect([10, 215, 140, 700])), STEM, STEM),
  '?': glyph(question, OPEN, ROUND),
  "'": glyph(tick(0), OPEN, OPEN),
  '"': glyph(unite(tick(0), tick(170)), OPEN, OPEN),
  '‘': glyph(quoteUp(0), OPEN, OPEN),
  '’': glyph(quote(0), OPEN, OPEN),
  '“': glyph(unite(quoteUp(0), quoteUp(200)), OPEN, OPEN),
  '”': glyph(unite(quote(0), quote(200)), OPEN, OPEN),
  '‚': glyph(drop(0, 0), OPEN, OPEN),
  '„': glyph(unite(drop(0, 0), drop(200, 0)), OPEN, OPEN),
  '-': glyph(bar(0, 270, 210), ROUND, ROUND),
  '–': glyph(bar(0, 480, 210), ROUND, ROUND),
  '—': glyph(bar(0, 840, 210), ROUND, ROUND),
  _: glyph(bar(0, 560, -180), 0, 0),
  '(': glyph(paren, ROUND, 0),
  ')': glyph(mirrorX(paren, [0, 0, 250, 0]), 0, ROUND),
  '[': glyph(bracket, STEM, OPEN),
  ']': glyph(mirrorX(bracket, [0, 0, 250, 0]), OPEN, STEM),
  '/': glyph(slope([60, -110], [340, 760], 128), 0, 0),
  '\\': glyph(slope([340, -110], [60, 760], 128), 0, 0),
  '|': glyph(rect([0, -160, 110, 800]), STEM, STEM),
  '+': glyph(unite(bar(0, 470, 276), rect([176, 95, 294, 565])), ROUND, ROUND),
  '−': glyph(bar(0, 470, 276), ROUND, ROUND),
  '=': glyph(unite(bar(0, 470, 370), bar(0, 470, 182)), ROUND, ROUND),
  '×': glyph(unite(slope([75, 120], [395, 540], 160), slope([395, 120], [75, 540], 160)), ROUND, ROUND),
  '<': glyph(unite(slope([410, 80], [80, 330], 170), slope([410, 580], [80, 330], 170)), OPEN, OPEN),
  '>': glyph(unite(slope([80, 80], [410, 330], 170), slope([80, 580], [410, 330], 170)), OPEN, OPEN),
  '*': glyph(unite(bar(0, 340, 480), slope([90, 370], [250, 700], 120), slope([250, 370], [90, 700], 120)), OPEN, OPEN),
  '#': glyph(
    unite(slope([150, 0], [230, 700], 110), slope([390, 0], [470, 700], 110), bar(0, 600, 420), bar(20, 620, 180)),
    OPEN,
    OPEN,
  ),
  '%': glyph(
    unite(ring([0, 370, 340, 710], 96, 86), ring([400, -10, 740, 330], 96, 86), slope([180, 0], [560, 700], 120)),
    ROUND,
    ROUND,
  ),
  '&': glyph(ampersand, ROUND, OPEN),
  '@': glyph(at, ROUND, ROUND),
  '°': glyph(ring([0, 400, 300, 700], 90, 84), OPEN, OPEN),
  '€': glyph(euro, OPEN, OPEN),
  $: glyph(unite(dollarS, rect([198, -100, 302, 60]), rect([198, 640, 302, 800])), ROUND, ROUND),
  '£': glyph(pound, OPEN, OPEN),
  '«': glyph(unite(chevron(0), chevron(210)), OPEN, OPEN),
  '»': glyph(mirrorX(unite(chevron(0), chevron(210)), [10, 0, 460, 0]), OPEN, OPEN),
  '‹': glyph(chevron(0), OPEN, OPEN),
  '›': glyph(mirrorX(chevron(0), [10, 0, 250, 0]), OPEN, OPEN),
  '©': glyph(
    unite(ring([0, 0, 700, 700], 76, 70), cut(ring([180, 180, 520, 520], 90, 82), rect([350, 290, 600, 410]))),
    ROUND,
    ROUND,
  ),
  '~': glyph(
    unite(arch([0, 270, 290, 420], { x: 100, y: 96 }), cup([190, 230, 480, 380], { x: 100, y: 96 })),
    OPEN,
    OPEN,
  ),
  '^': glyph(unite(slope([70, 470], [230, 710], 130), slope([390, 470], [230, 710], 130)), OPEN, OPEN),
  '↗': glyph(unite(bar(100, 500, 420), rect([388, 100, 500, 528]), slope([80, 60], [430, 470], 160)), OPEN, OPEN),
  '→': glyph(
    unite(bar(0, 560, 276), slope([390, 110], [560, 330], 170), slope([390, 550], [560, 330], 170)),
    OPEN,
    OPEN,
  ),
}
