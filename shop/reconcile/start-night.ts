import { enqueueJob } from '../../db/jobs.ts'
import { enqueueMails, enqueueSyncs, findUnsent, findUnsettled } from '../../db/reconcile.ts'
import type { App } from '../app.ts'
import { wake } from '../wake.ts'
import { BEGINNING } from './list-facts.ts'
import { startWalk } from './start-walk.ts'

/** Longer than Stripe redelivers (3 days) and keeps events (30 days). */
const NIGHT_DAYS = 35
const SPACING_S = 0.5

/**
 * Begins the nightly comparison: a walk through 35 days of Stripe's lists, a sync of every order that Stripe may still change however
 * old it is, the mails whose job was lost, and clearing away what is too old. The syncs are half a second apart, so that the hour's sales do not wait behind them.
 * @param night its date, which makes it happen once
 */
export async function startNight(app: App, night: string): Promise<void> {
  // Once a night, while the database is awake anyway.
  await enqueueJob(app.db, { id: `purge:${night}`, kind: 'purge', payload: {} })
  const since = new Date(Date.parse(night) - NIGHT_DAYS * 86_400_000)
  await startWalk(app, { since, from: BEGINNING })
  const unsettled = await findUnsettled(app.db)
  const syncs = unsettled.map((id) => ({
    id: `reconcile:${id}:${night}`,
    payload: { stripe_session_id: id },
  }))
  if (syncs.length > 0) await enqueueSyncs(app.db, syncs, SPACING_S)
  const unsent = await findUnsent(app.db)
  const lost = unsent.filter(({ state }) => state === 'lost')
  if (lost.length > 0)
    await enqueueMails(
      app.db,
      lost.map(({ id }) => id),
    )
  const waiting = unsent.length - lost.length
  app.log.info('reconcile_night', {
    night,
    unsettled: unsettled.length,
    mails_lost: lost.length,
    mails_for_a_person: waiting,
  })
  await wake(app)
}
