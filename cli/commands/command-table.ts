import type { Command } from './command.ts'
import { RECONCILE } from './reconcile.ts'

/** Every command of `npm run till`, in the order in which the help lists them. */
export const COMMANDS: Command[] = [RECONCILE]
