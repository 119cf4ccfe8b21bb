import { type Box, cut, mirrorX, mirrorY, polygon, rect, roundRight, roundTop, type Shape } from './shapes.ts'

/** Thickness of a stroke: `x` of stems, `y` of bars. Bars are thinner because the eye sees them thicker. */
export type Weight = { x: number; y: number }

/** Arched window without a sill: two stems joined by a half circle. */
export function arch(box: Box, w: Weight): Shape {
  const [left, bottom, right, top] = box
  return cut(roundTop(box), roundTop([left + w.x, bottom, right - w.x, top - w.y]))
}

/** The arch upside down: a U. */
export const cup = (box: Box, w: Weight): Shape => mirrorY(arch(box, w), box)

/** Two bars joined at the right by a half circle, open at the left. */
export function bowl(box: Box, w: Weight): Shape {
  const [left, bottom, right, top] = box
  return cut(roundRight(box), roundRight([left, bottom + w.y, right - w.x, top - w.y]))
}

/** Two bars joined at the left by a half circle, open at the right. */
export const bay = (box: Box, w: Weight): Shape => mirrorX(bowl(box, w), box)

/** Straight stroke between two heights whose ends are cut level. `width` is measured along the cut. */
export function slope(from: [number, number], to: [number, number], width: number): Shape {
  const half = width / 2
  return polygon([from[0] - half, from[1]], [from[0] + half, from[1]], [to[0] + half, to[1]], [to[0] - half, to[1]])
}

/** Stem that turns into a bar at the upper right by a quarter circle of the given radius. */
export function elbow([left, bottom, right, top]: Box, w: Weight, radius: number): Shape {
  const corner = arch([left, top - radius, left + 2 * radius, top], w)
  const kept = cut(corner, rect([left + radius, bottom, left + 2 * radius + 1, top + 1]))
  return kept.unite(rect([left, bottom, left + w.x, top - radius])).unite(rect([left + radius, top - w.y, right, top]))
}
