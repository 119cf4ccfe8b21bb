import type { App } from '../app.ts'
import { VendorDown } from '../errors.ts'
import { FACT_KINDS, type FactKind, type FactPage, isOurFact, type StripeFact } from './stripe-fact.ts'

/** A place in the three lists: the entry after which to go on, null for the beginning of the list. */
export type Place = { kind: FactKind; after: string | null }

/** Which part of the lists to read: entries created since, from a place on. A walk never waits for Stripe beyond `until`. */
export type Walk = { since: Date; from: Place; until: Date | null }

/** A page's entries that are ours, and where to go on; `next` is null at the end of the last list. */
export type WalkedPage = { kind: FactKind; facts: StripeFact[]; next: Place | null }

export const BEGINNING: Place = { kind: 'session', after: null }

/** Ten calls a second at most: Stripe takes 25 of a kind, and the shop sells at the same time. https://docs.stripe.com/rate-limits */
const BETWEEN_CALLS_MS = 100
const TRIES = 6

/**
 * Pages through Stripe's sessions, refunds and disputes, newest first, and leaves out what other programs sold.
 * @throws VendorDown when Stripe has not answered after six tries, or will not before `until`
 */
export async function* listFacts(app: Lister, { since, from, until }: Walk): AsyncGenerator<WalkedPage> {
  for (let place: Place | null = from; place; ) {
    const { kind, after }: Place = place
    const beganAt = app.now().getTime()
    const page = await patiently(app, until, () => app.payments.listFacts({ kind, since, after }))
    place = page.next ? { kind, after: page.next } : beginningAfter(kind)
    yield { kind, facts: page.facts.filter(isOurFact), next: place }
    const spent = app.now().getTime() - beganAt
    if (place && spent < BETWEEN_CALLS_MS) await app.pause(BETWEEN_CALLS_MS - spent)
  }
}

type Lister = Pick<App, 'payments' | 'now' | 'pause' | 'log'>

function beginningAfter(kind: FactKind): Place | null {
  const following = FACT_KINDS[FACT_KINDS.indexOf(kind) + 1]
  return following ? { kind: following, after: null } : null
}

/** Waits 1, 2, 4 … seconds, or as long as Stripe asks for. */
async function patiently(app: Lister, until: Date | null, ask: () => Promise<FactPage>): Promise<FactPage> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof VendorDown) || tries === TRIES) throw error
      const wait = Math.max(2 ** (tries - 1), error.retryAfter ?? 0) * 1000
      if (until && app.now().getTime() + wait > until.getTime()) throw error
      app.log.warn('stripe_list_waits', { seconds: wait / 1000 })
      await app.pause(wait)
    }
  }
}
