import { type Given, type Terminal, UsageError } from './command.ts'

/** Whether the person says yes, or has said `--yes`. @throws UsageError where nobody can be asked */
export async function isConfirmed(question: string, given: Given, terminal: Terminal): Promise<boolean> {
  if (given.options.yes) return true
  const answer = await terminal.ask(question)
  if (answer === null) throw new UsageError('Nobody can be asked here. Say --yes if you are sure.')
  if (!answer) terminal.tell('Nothing was done.')
  return answer
}
