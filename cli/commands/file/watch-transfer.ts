import { formatBytes } from '../../../site/assets/ts/format-bytes.ts'
import type { Terminal } from '../command.ts'
import { duration, progressLine } from './progress-line.ts'

/** Often enough to be alive, seldom enough not to cost anything. */
const BETWEEN_LINES_MS = 100

export type Transfer = {
  progress(doneBytes: number): void
  /** Says that it came to its end, and how long it took. */
  end(outcome: string): void
}

type Size = { what: string; total: number }

/** Tells that a transfer begins, draws a bar where somebody watches, and tells how it ended. `now` in milliseconds. */
export function watchTransfer(
  terminal: Pick<Terminal, 'tell' | 'progress'>,
  { what, total }: Size,
  now: () => number = () => performance.now(),
): Transfer {
  const begun = now()
  let startedWith: number | undefined
  let drawn = Number.NEGATIVE_INFINITY
  terminal.tell(`${what} (${formatBytes(total, 'en')}) …`)
  return {
    progress(done) {
      startedWith ??= done < total ? done : 0
      if (now() - drawn < BETWEEN_LINES_MS && done < total) return
      drawn = now()
      terminal.progress(progressLine({ what, done, total, startedWith, seconds: (now() - begun) / 1000 }))
    },
    end: (outcome) => terminal.tell(`${outcome} in ${duration((now() - begun) / 1000)}.`),
  }
}
