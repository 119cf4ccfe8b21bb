import type { Shape } from './shapes.ts'

/** One drawn character: its outline, starting near x = 0, and the white space on both sides in font units. */
export type Drawing = { outline: Shape; left: number; right: number }

/** Space beside a straight stem, a round side and an open or slanted side. */
export const STEM = 62
export const ROUND = 40
export const OPEN = 26

/** A character drawn with the given side spaces. */
export const glyph = (outline: Shape, left: number, right: number): Drawing => ({ outline, left, right })
