import { findUnsettled } from '../../../db/reconcile.ts'
import type { App } from '../../../shop/app.ts'
import { VendorDown } from '../../../shop/errors.ts'
import { listDrift } from '../../../shop/reconcile/list-drift.ts'
import { BEGINNING, listFacts } from '../../../shop/reconcile/list-facts.ts'
import { factsOf } from '../../../shop/reconcile/stripe-fact.ts'
import { wake } from '../../../shop/wake.ts'
import type { Terminal } from '../command.ts'
import { type Bookmark, readBookmark, removeBookmark, writeBookmark } from './bookmark.ts'
import { mend, mendMails } from './mend.ts'
import type { Finding, Report } from './report.ts'
import type { Since } from './since.ts'

type Wish = { since: Since; isDryRun: boolean; isRestart: boolean }
type Means = { terminal: Terminal; folder: string }

/** A retrieve of an order that Stripe may still change is up to three calls. */
const AFTER_RETRIEVE_MS = 300

/**
 * Compares all of Stripe's lists since a moment, every unsettled order and every unsent mail, and mends what differs. A bookmark after
 * each page lets a run go on that was interrupted, or that stopped because a vendor did not answer for long.
 */
export async function mendAll(app: App, wish: Wish, means: Means): Promise<Report> {
  const run = `${app.siteUrl} ${app.payments.livemode ? 'live' : 'test'} ${wish.since.text} ${wish.isDryRun ? 'dry' : ''}`
  const bookmark = wish.isRestart ? null : readBookmark(means.folder, { run, now: app.now() })
  if (bookmark) means.terminal.tell(`Going on where the run of ${bookmark.at.toISOString()} stopped.`)
  const report = begin(wish, bookmark)
  try {
    await walk(app, report, { ...means, run, place: bookmark?.place ?? BEGINNING })
    if (!report.isStopped) await lookAtRest(app, report, means)
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    means.terminal.tell(error.message)
    report.isStopped = true
  }
  if (!report.isStopped) removeBookmark(means.folder)
  if (report.findings.some(({ isLeft }) => !isLeft)) await wakeOrTell(app, means.terminal)
  return report
}

function begin({ since, isDryRun }: Wish, bookmark: Bookmark | null): Report {
  const { compared, found, left } = bookmark ?? { compared: { session: 0, refund: 0, dispute: 0 }, found: 0, left: 0 }
  const start = bookmark?.since ?? since.at
  return { since: start, isDryRun, isStopped: false, compared: { ...compared }, findings: [], found, left }
}

type Walking = Means & { run: string; place: Bookmark['place'] }

async function walk(app: App, report: Report, { terminal, folder, run, place }: Walking): Promise<void> {
  for await (const { kind, facts, next } of listFacts(app, { since: report.since, from: place, until: null })) {
    add(report, await mend(app, await listDrift(app, facts), report.isDryRun))
    report.compared[kind] += facts.length
    terminal.progress(progressOf(report))
    if (!next) return
    const { since, compared, found, left } = report
    writeBookmark(folder, { run, at: app.now(), since, place: next, compared, found, left })
    report.isStopped = terminal.stopping.aborted
    if (report.isStopped) return
  }
}

/** The orders that Stripe may still change and the mails that were not sent, however old. */
async function lookAtRest(app: App, report: Report, { terminal }: Means): Promise<void> {
  for (const sessionId of await findUnsettled(app.db)) {
    add(report, await mendUnsettled(app, sessionId, report.isDryRun))
    terminal.progress(progressOf(report))
    await app.pause(AFTER_RETRIEVE_MS)
    report.isStopped = terminal.stopping.aborted
    if (report.isStopped) return
  }
  add(report, await mendMails(app, report.isDryRun))
}

async function mendUnsettled(app: App, sessionId: string, isDryRun: boolean): Promise<Finding[]> {
  const session = await app.payments.readSession(sessionId)
  if (session) return mend(app, await listDrift(app, factsOf(session)), isDryRun)
  const action = 'is the key that of this shop?'
  return [{ kind: 'unknown_session', sale: sessionId, stripe: 'unknown', ours: 'an order', action, isLeft: true }]
}

function add(report: Report, findings: Finding[]): void {
  report.findings.push(...findings)
  report.found += findings.length
  report.left += findings.filter(({ isLeft }) => isLeft).length
}

function progressOf({ compared: { session, refund, dispute }, found }: Report): string {
  return `${session} sessions, ${refund} refunds, ${dispute} disputes compared; ${found} differ`
}

async function wakeOrTell(app: App, terminal: Terminal): Promise<void> {
  try {
    await wake(app)
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    terminal.tell('No worker could be woken: mails go out with the next sale, or within the hour.')
  }
}
