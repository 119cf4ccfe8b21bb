import process from 'node:process'
import { parseArgs } from 'node:util'
import type { Environment } from '../../adapters/config.ts'
import { type Call, type Command, type ExitCode, type Given, type Terminal, UsageError } from './command.ts'
import { findCommand, isCalledBy } from './find-command.ts'
import { helpOn, helpOnAll } from './help.ts'
import { isConfirmed } from './is-confirmed.ts'
import { type Place, readPlace } from './place.ts'

type OpenShop = Pick<Call, 'app' | 'folder'> & { env?: Environment }

/** Opens a shop for the length of a command: the one that was named by `--env`, or the one that the surroundings mean. */
export type Connect = (work: (shop: OpenShop) => Promise<ExitCode>, place: Place | undefined) => Promise<ExitCode>

/** `nameShop` says which shop `connect` would open. */
type Means = {
  commands: Command[]
  terminal: Terminal
  connect: Connect
  nameShop?: (place: Place | undefined) => string
}

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

async function dispatch(args: string[], { commands, terminal, connect, nameShop }: Means): Promise<ExitCode> {
  const wantsHelp = args.length === 0 || args[0] === 'help' || args.includes('--help') || args.includes('-h')
  const words = args.filter((word) => word !== 'help' && word !== '--help' && word !== '-h')
  if (wantsHelp) {
    terminal.print(words.length === 0 ? helpOnAll(commands) : helpOn(findCommand(words, commands)))
    return 0
  }
  const command = findCommand(args, commands)
  const { place, ...given } = read(args.slice(command.name.split(' ').length), command)
  const naming = namingShop(terminal, () => nameShop?.(place))
  if (command.question && !(await isConfirmed(command.question(given), given, naming))) return 1
  return connect(
    ({ app, folder, env = process.env }) => command.run({ app, env, given, terminal: naming, folder }),
    place,
  )
}

/** Whoever is asked is told first which shop it is about. */
function namingShop(terminal: Terminal, name: () => string | undefined): Terminal {
  const ask: Terminal['ask'] = (question) => {
    const shop = name()
    if (shop) terminal.tell(`The shop: ${shop}`)
    return terminal.ask(question)
  }
  return { ...terminal, ask }
}

function read(
  args: string[],
  { name, options, question, wordCount, usage }: Command,
): Given & { place: Place | undefined } {
  const asked = question ? { yes: { type: 'boolean' } as const } : {}
  const { positionals, values } = parse(args, { ...options, ...asked, env: { type: 'string' } })
  const { least, most } = typeof wordCount === 'number' ? { least: wordCount, most: wordCount } : wordCount
  if (positionals.length < least || positionals.length > most)
    throw new UsageError(`It is called like this: npm run till -- ${name} ${usage}`)
  const { env, ...own } = values as Given['options']
  return { words: positionals, options: own, place: readPlace(env) }
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
