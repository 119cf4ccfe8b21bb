/** Pixels. */
export type Size = { width: number; height: number }

/** The size after a picture was turned upright: orientations from 5 on lie on their side. */
export function turned({ width, height }: Size, orientation: number): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}
