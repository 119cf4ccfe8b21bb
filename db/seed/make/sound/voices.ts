import { closing, type Loop, pitch, place, RATE } from './loop.ts'

const TAU = 2 * Math.PI

/** One note of an instrument: when it starts (seconds), which note, how loud (0 to 1), where (-1 to 1). */
export type Note = { at: number; note: number; loud: number; pan: number }

/** A held chord that swells and sinks: `cycles` full breaths in the loop, each note shifted against the others. */
export function pad(loop: Loop, notes: number[], cycles: number, loud: number): void {
  notes.forEach((note, order) => {
    for (const detune of [-0.09, 0.07]) padVoice(loop, pitch(note + detune), { order, cycles, loud, pan: detune * 8 })
  })
}

type Breath = { order: number; cycles: number; loud: number; pan: number }

function padVoice(loop: Loop, hertz: number, { order, cycles, loud, pan }: Breath): void {
  const partials = [1, 2, 3, 4, 5].map((n) => ({ hertz: closing(hertz * n, loop), level: loud / n ** 1.9 }))
  for (let index = 0; index < loop.left.length; index += 1) {
    const t = index / RATE
    const swell = 0.62 + 0.38 * Math.sin((TAU * cycles * t) / loop.seconds + order * 1.7)
    const bright = 0.5 + 0.5 * Math.sin((TAU * t) / loop.seconds + order)
    const wave = partials.reduce(
      (sum, p, n) => sum + Math.sin(TAU * p.hertz * t + n + order) * p.level * (n ? bright : 1),
      0,
    )
    place(loop, index, wave * swell, pan)
  }
}

/** A struck bell of wood and glass: a sine bent by another that dies faster. */
export function bell(loop: Loop, { at, note, loud, pan }: Note, ring = 2.6): void {
  const hertz = pitch(note)
  const start = Math.round(at * RATE)
  for (let index = 0; index < ring * 3 * RATE; index += 1) {
    const t = index / RATE
    const bend = Math.min(1, 420 / hertz) * 1.5 * Math.exp(-t * 7) * Math.sin(TAU * hertz * 3.001 * t)
    const body = Math.sin(TAU * hertz * t + bend) * Math.exp((-t * 2.2) / ring) * Math.min(1, t / 0.006)
    place(loop, start + index, body * loud, pan)
  }
}

/** A soft felt piano: a few partials, each dying sooner than the one below it. */
export function felt(loop: Loop, { at, note, loud, pan }: Note): void {
  const hertz = pitch(note)
  const start = Math.round(at * RATE)
  for (let index = 0; index < 5 * RATE; index += 1) {
    const t = index / RATE
    const rise = Math.min(1, t / 0.014)
    let wave = 0
    for (let n = 1; n <= 6; n += 1)
      wave += (Math.sin(TAU * hertz * n * (1 + 0.0004 * n * n) * t) * Math.exp(-t * (0.9 + 0.8 * n))) / n ** 1.5
    place(loop, start + index, wave * rise * loud, pan)
  }
}
