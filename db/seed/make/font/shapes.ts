import paper from 'paper'

paper.setup(new paper.Size(1, 1))

export type Shape = paper.PathItem

/** Where a shape sits: left, bottom, right, top in font units, y upwards. */
export type Box = readonly [left: number, bottom: number, right: number, top: number]

export const rect = ([left, bottom, right, top]: Box): Shape =>
  new paper.Path.Rectangle(new paper.Point(left, bottom), new paper.Point(right, top))

/** Ellipse that fills the box. */
export const disc = ([left, bottom, right, top]: Box): Shape =>
  new paper.Path.Ellipse(new paper.Rectangle(new paper.Point(left, bottom), new paper.Point(right, top)))

export const polygon = (...points: [number, number][]): Shape => new paper.Path({ segments: points, closed: true })

export const unite = (first: Shape, ...rest: Shape[]): Shape => rest.reduce((whole, part) => whole.unite(part), first)

export const cut = (from: Shape, ...parts: Shape[]): Shape => parts.reduce((whole, part) => whole.subtract(part), from)

export const clip = (shape: Shape, to: Shape): Shape => shape.intersect(to)

const shrink = ([left, bottom, right, top]: Box, x: number, y: number): Box => [
  left + x,
  bottom + y,
  right - x,
  top - y,
]

/** Annulus: `x` is the thickness of its sides, `y` of its top and bottom. */
export const ring = (box: Box, x: number, y: number): Shape => cut(disc(box), disc(shrink(box, x, y)))

/** A box whose right end is a half circle. */
export const roundRight = (box: Box): Shape => {
  const [left, bottom, right, top] = box
  const radius = Math.min((top - bottom) / 2, right - left)
  return unite(
    rect([left, bottom, right - radius, top]),
    clip(disc([right - 2 * radius, bottom, right, top]), rect([left, bottom - 9, right + 9, top + 9])),
  )
}

/** A box whose top end is a half circle: an arched window. */
export const roundTop = (box: Box): Shape => {
  const [left, bottom, right, top] = box
  const radius = Math.min((right - left) / 2, top - bottom)
  return unite(
    rect([left, bottom, right, top - radius]),
    clip(disc([left, top - 2 * radius, right, top]), rect([left - 9, bottom, right + 9, top + 9])),
  )
}

/** Mirrors left to right inside the box's width. */
export const mirrorX = (shape: Shape, [left, , right]: Box): Shape => flip(shape, -1, 1, (left + right) / 2, 0)

/** Mirrors top to bottom inside the box's height. */
export const mirrorY = (shape: Shape, [, bottom, , top]: Box): Shape => flip(shape, 1, -1, 0, (bottom + top) / 2)

function flip(shape: Shape, x: number, y: number, aroundX: number, aroundY: number): Shape {
  const copy = shape.clone() as Shape
  copy.scale(x, y, new paper.Point(aroundX, aroundY))
  return copy
}

export const move = (shape: Shape, x: number, y: number): Shape => {
  const copy = shape.clone() as Shape
  copy.translate(new paper.Point(x, y))
  return copy
}

export const shape = (pathData: string): Shape => new paper.CompoundPath(pathData)
