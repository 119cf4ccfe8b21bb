import type { Config } from '@netlify/functions'
import { background } from '../adapters/background.ts'
import { sweepJobs } from '../workers/sweep-jobs.ts'

/** Every minute: wakes a worker if a mark says that work is due. */
export default background(async (_request, app) => {
  await sweepJobs(app)
})

export const config: Config = { schedule: '* * * * *' }
