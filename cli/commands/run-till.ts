import { parseArgs } from 'node:util'
import { type Call, type Command, type ExitCode, type Given, type Terminal, UsageError } from './command.ts'
import { findCommand, isCalledBy } from './find-command.ts'
import { helpOn, helpOnAll } from './help.ts'
import { isConfirmed } from './is-confirmed.ts'

/** Opens the shop for the length of a command. */
export type Connect = (work: (shop: Pick<Call, 'app' | 'folder'>) => Promise<ExitCode>) => Promise<ExitCode>

type Means = { commands: Command[]; terminal: Terminal; connect: Connect }

/** Runs what the command line asks for. Never throws: what goes wrong is told, and the exit code says so. */
export async function runTill(args: string[], means: Means): Promise<ExitCode> {
  try {
    return await dispatch(args, means)
  } catch (error) {
    means.terminal.tell(describe(error))
    if (!(error instanceof UsageError)) return 1
    means.terminal.tell(`${helpCall(args, means.commands)} tells more.`)
    return 2
  }
}

async function dispatch(args: string[], { commands, terminal, connect }: Means): Promise<ExitCode> {
  const wantsHelp = args.length === 0 || args[0] === 'help' || args.includes('--help') || args.includes('-h')
  const words = args.filter((word) => word !== 'help' && word !== '--help' && word !== '-h')
  if (wantsHelp) {
    terminal.print(words.length === 0 ? helpOnAll(commands) : helpOn(findCommand(words, commands)))
    return 0
  }
  const command = findCommand(args, commands)
  const given = read(args.slice(command.name.split(' ').length), command)
  if (command.question && !(await isConfirmed(command.question(given), given, terminal))) return 1
  return connect(({ app, folder }) => command.run({ app, given, terminal, folder }))
}

function read(args: string[], { name, options, question, wordCount, usage }: Command): Given {
  const asked = question ? { yes: { type: 'boolean' } as const } : {}
  const { positionals, values } = parse(args, { ...options, ...asked })
  const { least, most } = typeof wordCount === 'number' ? { least: wordCount, most: wordCount } : wordCount
  if (positionals.length < least || positionals.length > most)
    throw new UsageError(`It is called like this: npm run till -- ${name} ${usage}`)
  return { words: positionals, options: values as Given['options'] }
}

function parse(args: string[], options: Command['options']) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error })
  }
}

/** Where to read on: at the command that was meant, if there is such a one. */
function helpCall(args: string[], commands: Command[]): string {
  const meant = commands.find(({ name }) => isCalledBy(args, name))
  return `npm run till -- help${meant ? ` ${meant.name}` : ''}`
}

/** What happened, with its causes, and where in the program if it is a mistake of the program. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isOurMistake = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError
  const cause =
    error.cause instanceof Error && !(error instanceof UsageError) ? `\n  because: ${describe(error.cause)}` : ''
  return `${isOurMistake ? error.stack : error.message}${cause}`
}
