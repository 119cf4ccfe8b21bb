import { listDeadJobs, type QueueStats, readQueueStats } from '../../db/job-care.ts'
import type { Command, Terminal } from './command.ts'

const MOST_DEAD = 50

/** `npm run till -- jobs`. */
export const JOBS: Command = {
  name: 'jobs',
  summary: 'Shows the state of the queue, and the dead letters with their reasons',
  usage: '[--json]',
  details: `  --json  answers with one JSON document instead of a table

Open jobs wait for their time or a worker; late ones have been due for more than five minutes; dead ones were given up and are
listed with their last error; the last column counts what was done within the hour. Held mails may have gone out, and nobody can tell: a person must decide. It ends with 1 if anything
is dead, late or held.`,
  options: { json: { type: 'boolean' } },
  wordCount: 0,
  async run({ app, given: { options }, terminal }) {
    const [stats, dead] = [await readQueueStats(app.db), await listDeadJobs(app.db, MOST_DEAD)]
    if (options.json === true) terminal.print(JSON.stringify({ ...stats, dead_jobs: dead }, null, 2))
    else printTables(stats, dead, terminal)
    return stats.held_mails > 0 || stats.kinds.some((kind) => kind.dead > 0 || kind.late > 0) ? 1 : 0
  },
}

function printTables(stats: QueueStats, dead: Awaited<ReturnType<typeof listDeadJobs>>, { print }: Terminal): void {
  if (stats.kinds.length === 0) print('No job has ever been asked for.')
  else print(row(['kind', 'open', 'running', 'late', 'dead', 'this hour']))
  for (const { kind, open, running, late, dead: given, done } of stats.kinds)
    print(row([kind, open, running, late, given, done]))
  if (stats.held_mails > 0) print(`\n${stats.held_mails} mails are held: nobody can tell whether they went out.`)
  for (const { id, attempts, last_error } of dead)
    print(`\ndead: ${id}, after ${attempts} attempts\n  ${last_error ?? 'no reason was written down'}`)
  if (dead.length > 0) print('\nWhen the reason is mended: npm run till -- job redrive <id>, or job redrive all')
}

function row([first, ...others]: (string | number)[]): string {
  return String(first).padEnd(14) + others.map((cell) => String(cell).padStart(9)).join('')
}
