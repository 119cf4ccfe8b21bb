import { startDeadJobs } from '../../shop/admin/start-dead-jobs.ts'
import type { Command } from './command.ts'

/** `npm run till -- job redrive <id>|all`. */
export const JOB_REDRIVE: Command = {
  name: 'job redrive',
  summary: 'Lets dead jobs be tried again, one by its id or all of them',
  usage: '<id>|all',
  details: `A dead job gets all its attempts back and is due at once. What it does is done once however often it runs. \`jobs\` lists the ids
and the reasons; mend the reason first.`,
  options: {},
  wordCount: 1,
  async run({ app, given: { words }, terminal }) {
    const [id = ''] = words
    const revived = await startDeadJobs(app, id === 'all' ? 'all' : { id })
    if (revived.length === 0) {
      terminal.tell(id === 'all' ? 'No job is dead.' : `There is no dead job ${id}.`)
      return id === 'all' ? 0 : 1
    }
    terminal.print(`${revived.length} ${revived.length === 1 ? 'job is' : 'jobs are'} tried again.`)
    return 0
  },
}
