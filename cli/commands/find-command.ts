import { nearestWord } from '../../shop/catalogue/nearest-word.ts'
import { type Command, UsageError } from './command.ts'
import { listOf } from './help.ts'

/** The command that the words call. @throws UsageError naming those that may be meant */
export function findCommand(words: string[], commands: Command[]): Command {
  const found = commands.find(({ name }) => isCalledBy(words, name))
  if (found) return found
  const typed = words.slice(0, 2).join(' ')
  throw new UsageError(`There is no command "${typed}".${hint(words, commands)}`)
}

/** Whether the words begin with the command's name. */
export function isCalledBy(words: string[], name: string): boolean {
  return name.split(' ').every((word, i) => words[i] === word)
}

/** The commands of the group that the first word names, else the one with nearly the same letters. */
function hint([first = '', second = '']: string[], commands: Command[]): string {
  const group = commands.filter(({ name }) => name.startsWith(`${first} `))
  if (group.length > 0) return ` There is:\n${listOf(group)}`
  const names = commands.map(({ name }) => name)
  const near = nearestWord(`${first} ${second}`, names) ?? nearestWord(first, names)
  return near ? ` Did you mean "${near}"?` : ''
}
