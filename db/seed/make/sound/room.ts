import type { Loop } from './loop.ts'

type Line = { buffer: Float64Array; at: number; tone: number }

const line = (samples: number): Line => ({ buffer: new Float64Array(samples), at: 0, tone: 0 })

/**
 * Puts a loop into a room (Schroeder's design: four combs, two all-passes on each side). The loop is played
 * through it twice and the second time is kept, so that the tail of the end is heard at the beginning.
 */
export function room(loop: Loop, wet: number, decay = 0.86): Loop {
  const left = reverberate(loop.left, decay, 0)
  const right = reverberate(loop.right, decay, 37)
  const mixed = (dry: Float64Array, tail: Float64Array) => dry.map((value, index) => value + (tail[index] ?? 0) * wet)
  return { ...loop, left: mixed(loop.left, left), right: mixed(loop.right, right) }
}

function reverberate(dry: Float64Array, decay: number, spread: number): Float64Array {
  const combs = [1687, 1801, 2053, 2251].map((samples) => line(samples + spread))
  const passes = [347, 113].map((samples) => line(samples + spread))
  const tail = new Float64Array(dry.length)
  for (let index = 0; index < dry.length * 2; index += 1) {
    const input = dry[index % dry.length] ?? 0
    const summed = combs.reduce((sum, comb) => sum + combStep(comb, input, decay), 0) / combs.length
    tail[index % dry.length] = passes.reduce(passStep, summed)
  }
  return tail
}

function combStep(comb: Line, input: number, decay: number): number {
  const out = comb.buffer[comb.at] ?? 0
  // Each round loses some of its treble, as a room with curtains does.
  comb.tone = out * 0.62 + comb.tone * 0.38
  comb.buffer[comb.at] = input + comb.tone * decay
  comb.at = (comb.at + 1) % comb.buffer.length
  return out
}

function passStep(input: number, pass: Line): number {
  const held = pass.buffer[pass.at] ?? 0
  const out = held - 0.5 * input
  pass.buffer[pass.at] = input + 0.5 * out
  pass.at = (pass.at + 1) % pass.buffer.length
  return out
}

/** Brings the loudest moment to `peak` (1 is full scale) after rounding off the tops. */
export function master(loop: Loop, peak = 0.82): Loop {
  const loudest = Math.max(
    ...[loop.left, loop.right].map((side) => side.reduce((top, v) => Math.max(top, Math.abs(v)), 0)),
  )
  const shape = (value: number) => (Math.tanh((value / loudest) * 1.3) / Math.tanh(1.3)) * peak
  return { ...loop, left: loop.left.map(shape), right: loop.right.map(shape) }
}
