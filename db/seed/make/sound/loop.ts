/** Samples a second. */
export const RATE = 44_100

/** A piece of stereo sound that returns to its beginning: what rings past the end is heard at the start. */
export type Loop = { left: Float64Array; right: Float64Array; seconds: number }

export function silence(seconds: number): Loop {
  const length = Math.round(seconds * RATE)
  return { left: new Float64Array(length), right: new Float64Array(length), seconds }
}

/** Frequency in hertz of a note number (69 is the A of 440 Hz). */
export const pitch = (note: number): number => 440 * 2 ** ((note - 69) / 12)

/** Nearest frequency that completes whole waves in the loop, so that its end meets its beginning without a click. */
export const closing = (hertz: number, loop: Loop): number => Math.round(hertz * loop.seconds) / loop.seconds

/** Adds the same sound to both sides; `pan` runs from -1 (left) to 1 (right), with equal power. */
export function place(loop: Loop, index: number, value: number, pan: number): void {
  const at = index % loop.left.length
  const angle = ((pan + 1) * Math.PI) / 4
  loop.left[at] = (loop.left[at] ?? 0) + value * Math.cos(angle)
  loop.right[at] = (loop.right[at] ?? 0) + value * Math.sin(angle)
}
