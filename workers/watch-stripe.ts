import type { App } from '../shop/app.ts'
import { VendorDown } from '../shop/errors.ts'
import { tellKeyRefused } from '../shop/payments/tell-key-refused.ts'
import { listDrift } from '../shop/reconcile/list-drift.ts'
import { BEGINNING, listFacts, type WalkedPage } from '../shop/reconcile/list-facts.ts'
import { startNight } from '../shop/reconcile/start-night.ts'
import { startSyncs } from '../shop/reconcile/start-syncs.ts'
import { startWalk } from '../shop/reconcile/start-walk.ts'
import { digestOf, FACT_KINDS } from '../shop/reconcile/stripe-fact.ts'
import { wake } from '../shop/wake.ts'

const LATELY_HOURS = 48
const NIGHT_HOUR_UTC = 3
/** A scheduled function is ended after 30 s; what is left after this is a job's. */
const BUDGET_MS = 20_000

/**
 * Every 15 minutes: looks whether Stripe knows something of the last 48 hours that it did not say before. Only then is the database
 * asked, so that an idle shop's can sleep, and what differs is synced by the ordinary worker. The first run after 3 o'clock (UTC) begins
 * the nightly comparison too. What was seen is noted only after its jobs are safe.
 */
export async function watchStripe(app: App): Promise<void> {
  try {
    await look(app)
  } catch (error) {
    if (await tellKeyRefused(app, error)) await wake(app)
    throw error
  }
}

async function look(app: App): Promise<void> {
  const until = new Date(app.now().getTime() + BUDGET_MS)
  await beginNight(app)
  const since = new Date(app.now().getTime() - LATELY_HOURS * 3_600_000)
  const seen = await readSeen(app)
  const listed: Seen = { session: [], refund: [], dispute: [] }
  for await (const page of listFacts(app, { since, from: BEGINNING, until })) {
    listed[page.kind].push(...page.facts.map(digestOf))
    await compare(app, page, seen)
    if (page.next?.kind !== page.kind) await note(app, page.kind, { before: seen[page.kind], now: listed[page.kind] })
    if (!page.next || app.now() < until) continue
    await startWalk(app, { since, from: page.next })
    return wake(app)
  }
}

type Seen = Record<WalkedPage['kind'], string[]>

/** The night's date is noted outside of the database, which need not be asked for it every time. */
async function beginNight(app: App): Promise<void> {
  const now = app.now()
  if (now.getUTCHours() < NIGHT_HOUR_UTC) return
  const night = now.toISOString().slice(0, 10)
  // A run of three o'clock that never came is made good later. Without a note, the hour decides: its four runs find one job.
  const [last] = (await recall(app, 'night')) ?? []
  if (last ? last === night : now.getUTCHours() > NIGHT_HOUR_UTC) return
  await startNight(app, night)
  await keep(app, 'night', [night])
}

async function readSeen(app: App): Promise<Seen> {
  const [session, refund, dispute] = await Promise.all(FACT_KINDS.map((kind) => recall(app, kind)))
  return { session: session ?? [], refund: refund ?? [], dispute: dispute ?? [] }
}

async function compare(app: App, { kind, facts }: WalkedPage, seen: Seen): Promise<void> {
  const known = new Set(seen[kind])
  const news = facts.filter((fact) => !known.has(digestOf(fact)))
  const drift = await listDrift(app, news)
  if (drift.length === 0) return
  await startSyncs(app, drift)
  // Also when the jobs were there already: an earlier run may have stored them and found nobody to wake.
  await wake(app)
}

/** What has only left the 48 hours is no news and is not worth a write. */
async function note(app: App, kind: WalkedPage['kind'], { before, now }: { before: string[]; now: string[] }) {
  const known = new Set(before)
  if (now.some((digest) => !known.has(digest))) await keep(app, kind, now)
}

type Note = Parameters<App['digests']['read']>[0]

/** Null when the store does not answer: then everything is news, which costs a question to the database and nothing else. */
async function recall(app: App, name: Note): Promise<string[] | null> {
  try {
    return await app.digests.read(name)
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    app.log.warn('digest_unreadable', { name })
    return null
  }
}

async function keep(app: App, name: Note, lines: string[]): Promise<void> {
  try {
    await app.digests.write(name, lines)
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    app.log.warn('digest_unwritten', { name })
  }
}
