import type { Command } from './command.ts'
import { foldText } from './fold-text.ts'

const CALL = 'npm run till --'

/** The list of all commands. */
export function helpOnAll(commands: Command[]): string {
  return [
    `Usage: ${CALL} <command> [--env local|production]`,
    '',
    foldText(
      "The seller's command line. It works on the shop that the environment names, or else on the one of this machine. --env local means the one of this machine whatever the environment says, --env production the deployed one, whose variables are in the environment or in .env.production.",
    ),
    '',
    'Commands:',
    listOf(commands),
    '',
    `${CALL} help <command> tells more about one.`,
    foldText(
      'A command ends with 0 when all is well, 1 when something failed or is left to do, 2 when it was called wrongly.',
    ),
  ].join('\n')
}

/** The names with what each does, one below the other. */
export function listOf(commands: Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  return commands.map(({ name, summary }) => foldText(`  ${name.padEnd(width)}  ${summary}`)).join('\n')
}

/** How one command is called and what it does. */
export function helpOn({ name, usage, summary, details }: Command): string {
  return [foldText(`Usage: ${CALL} ${name} ${usage}`.trim()), '', foldText(`${summary}.`), '', foldText(details)].join(
    '\n',
  )
}
