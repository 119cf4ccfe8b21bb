import type { Command } from './command.ts'
import { JOB_REDRIVE } from './job-redrive.ts'
import { JOBS } from './jobs.ts'
import { ORDER_APPROVE } from './order-approve.ts'
import { ORDER_REJECT } from './order-reject.ts'
import { RECONCILE } from './reconcile.ts'

/** Every command of `npm run till`, in the order in which the help lists them. */
export const COMMANDS: Command[] = [ORDER_APPROVE, ORDER_REJECT, JOBS, JOB_REDRIVE, RECONCILE]
