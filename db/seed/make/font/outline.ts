import { Path } from 'opentype.js/dist/opentype.mjs'
import paper from 'paper'
import type { Shape } from './shapes.ts'

/** Turns a shape into a font outline in whole units, moved right by `shift`. */
export function outline(shape: Shape, shift: number): Path {
  const path = new Path()
  for (const contour of contours(shape)) writeContour(path, contour, shift)
  return path
}

function contours(shape: Shape): paper.Path[] {
  const parts = shape instanceof paper.CompoundPath ? (shape.children as paper.Path[]) : [shape as paper.Path]
  return parts.filter((part) => Math.abs(part.area) > 1)
}

function writeContour(path: Path, contour: paper.Path, shift: number): void {
  const at = (point: paper.Point) => [Math.round(point.x + shift), Math.round(point.y)] as const
  path.moveTo(...at(contour.firstSegment.point))
  for (const curve of contour.curves) {
    if (curve.isStraight()) path.lineTo(...at(curve.point2))
    else
      path.curveTo(...at(curve.point1.add(curve.handle1)), ...at(curve.point2.add(curve.handle2)), ...at(curve.point2))
  }
  path.close()
}
