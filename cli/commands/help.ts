import type { Command } from './command.ts'

const CALL = 'npm run till --'

/** The list of all commands. */
export function helpOnAll(commands: Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  return [
    `Usage: ${CALL} <command>`,
    '',
    "The seller's command line. It works on the shop that the environment names, or else on the one of this machine.",
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `${CALL} help <command> tells more about one.`,
    'It ends with 0 when all is well, 1 when something failed or is left to do, 2 when it was called wrongly.',
  ].join('\n')
}

/** How one command is called and what it does. */
export function helpOn({ name, usage, summary, details }: Command): string {
  return [`Usage: ${CALL} ${name} ${usage}`.trim(), '', `${summary}.`, '', details].join('\n')
}
