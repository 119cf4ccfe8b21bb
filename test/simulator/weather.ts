/** How likely each thing goes wrong, as probabilities of one call, delivery or tick. */
export type Weather = {
  /** An await kills its actor, on either side of the effect. */
  crash: number
  /** An await stops its whole actor until its lease has run out. */
  stall: number
  database: { refused: number; answerLost: number }
  marks: { refused: number; answerLost: number }
  vendor: { limited: number; failing: number; acceptedThenSilent: number }
  poke: { lost: number; answerLost: number }
  delivery: { answerLost: number; late: number; twin: number; never: number }
  sweep: { skipped: number }
}

/** The figures of G1. */
export const STORM: Weather = {
  crash: 0.05,
  stall: 0.01,
  database: { refused: 0.01, answerLost: 0.01 },
  marks: { refused: 0.02, answerLost: 0.02 },
  vendor: { limited: 0.1, failing: 0.05, acceptedThenSilent: 0.05 },
  poke: { lost: 0.1, answerLost: 0.05 },
  delivery: { answerLost: 0.3, late: 0.2, twin: 0.05, never: 0.01 },
  sweep: { skipped: 0.05 },
}

/** The same, with processes that stand still until others have taken their work over, and then go on. */
export const FROST: Weather = { ...STORM, stall: 0.06 }

/** Every third seed brings frost. */
export function weatherOf(seed: number): Weather {
  return seed % 3 === 0 ? FROST : STORM
}

export const CALM: Weather = {
  crash: 0,
  stall: 0,
  database: { refused: 0, answerLost: 0 },
  marks: { refused: 0, answerLost: 0 },
  vendor: { limited: 0, failing: 0, acceptedThenSilent: 0 },
  poke: { lost: 0, answerLost: 0 },
  delivery: { answerLost: 0, late: 0, twin: 0, never: 0 },
  sweep: { skipped: 0 },
}
