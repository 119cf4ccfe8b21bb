import type { Config, Environment } from '../../../adapters/config.ts'
import type { App } from '../../../shop/app.ts'

/** How a check came out: well; something that a seller should know; something without which the shop does not work, or is not safe. */
export type Outcome = 'ok' | 'warn' | 'fail'

/** What a check found, and what to do about it unless all is well. */
export type Finding = { outcome: Outcome; what: string; remedy?: string }

export type Patient = { app: App; env: Environment; config: Config }

/** One thing to look at. It changes nothing that stays, moves no money and writes to nobody. */
export type Check = { name: string; run(patient: Patient): Promise<Finding[]> }

export const ok = (what: string): Finding => ({ outcome: 'ok', what })
export const warn = (what: string, remedy: string): Finding => ({ outcome: 'warn', what, remedy })
export const fail = (what: string, remedy: string): Finding => ({ outcome: 'fail', what, remedy })
