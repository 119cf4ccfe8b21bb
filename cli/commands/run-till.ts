import { parseArgs } from 'node:util'
import { type Call, type Command, type ExitCode, type Given, type Terminal, UsageError } from './command.ts'
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
    means.terminal.tell('npm run till -- help tells how it is called.')
    return 2
  }
}

async function dispatch(args: string[], { commands, terminal, connect }: Means): Promise<ExitCode> {
  if (args.length === 0) throw new UsageError('Name a command.')
  const wantsHelp = args[0] === 'help' || args.includes('--help') || args.includes('-h')
  const words = args.filter((word) => word !== 'help' && word !== '--help' && word !== '-h')
  if (wantsHelp) {
    terminal.print(words.length === 0 ? helpOnAll(commands) : helpOn(find(words, commands)))
    return 0
  }
  const command = find(args, commands)
  const given = read(args.slice(command.name.split(' ').length), command)
  if (command.question && !(await isConfirmed(command.question(given), given, terminal))) return 1
  return connect(({ app, folder }) => command.run({ app, given, terminal, folder }))
}

function find(args: string[], commands: Command[]): Command {
  const found = commands.find(({ name }) => name.split(' ').every((word, i) => args[i] === word))
  if (!found) throw new UsageError(`There is no command "${args.slice(0, 2).join(' ')}".`)
  return found
}

function read(args: string[], { name, options, question, wordCount, usage }: Command): Given {
  const asked = question ? { yes: { type: 'boolean' } as const } : {}
  const { positionals, values } = parse(args, { ...options, ...asked })
  const { least, most } = typeof wordCount === 'number' ? { least: wordCount, most: wordCount } : wordCount
  if (positionals.length < least || positionals.length > most)
    throw new UsageError(`It is called like this: ${name} ${usage}`)
  return { words: positionals, options: values as Given['options'] }
}

function parse(args: string[], options: Command['options']) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error })
  }
}

/** What happened, with its causes, and where in the program if it is a mistake of the program. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isOurMistake = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError
  const cause =
    error.cause instanceof Error && !(error instanceof UsageError) ? `\n  because: ${describe(error.cause)}` : ''
  return `${isOurMistake ? error.stack : error.message}${cause}`
}
