import type { App } from '../shop/app.ts'
import { sendBuild } from '../shop/publishing/send-build.ts'
import type { JobEnd, Lease } from './registry.ts'

const ENDS = { sent: 'settled', lost: 'lost', nothing: 'done' } as const satisfies Record<string, JobEnd>

/** Asks Netlify for a build of the pages, or looks whether the one that was asked for has arrived. */
export async function buildSiteJob(app: App, { job }: Lease): Promise<JobEnd> {
  return ENDS[await sendBuild(app, job)]
}
