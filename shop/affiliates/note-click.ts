import { recordReportedClick } from '../../db/affiliate-clicks.ts'
import type { App } from '../app.ts'
import { TooManyRequests } from '../errors.ts'
import { limitRate } from '../limits/limit-rate.ts'
import { waitAtMost } from '../wait-at-most.ts'
import type { Visitor } from './visitor.ts'

/** A click that a page reports, since its link leads to the other shop at once. */
type ReportedClick = { slug: string; visitor: Visitor; address: string | null | undefined }

/** How long the page's report is held; nobody waits for its answer, but the function should not linger. */
const PATIENCE_MS = 150

/**
 * Counts a click that a page reports. What cannot be counted in time is counted behind the answer, or lost and logged; a slug that is
 * nobody's counts nothing.
 * @throws TooManyRequests when the network has reported too many, if that is known in time
 */
export async function noteClick(app: App, click: ReportedClick): Promise<void> {
  const counting = count(app, click)
  app.later('click_not_counted', counting)
  const quietly = counting.catch(() => null)
  const refusal = await waitAtMost(app, quietly, { ms: PATIENCE_MS, otherwise: () => null })
  if (refusal) throw refusal
}

/** A refusal is an outcome here: a flood is turned away without a line in the log for each. */
async function count(app: App, { slug, visitor, address }: ReportedClick): Promise<TooManyRequests | null> {
  try {
    await limitRate(app, 'log_click', { address })
  } catch (error) {
    if (error instanceof TooManyRequests) return error
    throw error
  }
  const { referrer, userAgent, isBot } = visitor
  await recordReportedClick(app.db, { slug, referrer, user_agent: userAgent, is_bot: isBot })
  return null
}
