import type { ParseArgsConfig } from 'node:util'
import type { Environment } from '../../adapters/config.ts'
import type { App } from '../../shop/app.ts'

/** How a command ended, for the shell: 0 all is well, 1 something failed or is left, 2 it was called wrongly. */
export type ExitCode = 0 | 1 | 2

/** The command line itself is wrong; the message says how. */
export class UsageError extends Error {}

/** The terminal, or what stands in for it: a pipe, a test. */
export type Terminal = {
  /** A line of the answer, to standard output. */
  print(line: string): void
  /** A line about the run itself, to standard error. */
  tell(line: string): void
  /** Shows how far a long run is, over the last such line; nothing where nobody watches. */
  progress(line: string): void
  /** Asks for yes or no; null where nobody can answer. */
  ask(question: string): Promise<boolean | null>
  /** Aborted when the person wants it to end. */
  readonly stopping: AbortSignal
}

/** What was typed after a command's name. */
export type Given = { words: string[]; options: Record<string, string | boolean | undefined> }

/** `folder` is where a command may keep what it needs for its next run; `env` are the variables of the shop that it works on. */
export type Call = { app: App; env: Environment; given: Given; terminal: Terminal; folder: string }

/** One verb of the seller's command line; a file of its own, listed in command-table.ts. */
export type Command = {
  /** The words that call it, such as `reconcile` or `order approve`. */
  name: string
  /** One line, for the list of commands. */
  summary: string
  /** What may follow the name, such as `<order> [--dry-run]`. */
  usage: string
  /** What it does, for its own help. */
  details: string
  options: NonNullable<ParseArgsConfig['options']>
  /** How many words must follow the name, or at least and at most. */
  wordCount: number | { least: number; most: number }
  /** Asked before anything that moves money; `--yes` is the answer where nobody can be asked. */
  question?: (given: Given) => string
  run(call: Call): Promise<ExitCode>
}
