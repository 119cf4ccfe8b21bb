import type { Database } from '../db/database.ts'
import type { PictureStore } from './catalogue/picture-store.ts'
import type { UploadStore } from './catalogue/upload-store.ts'
import type { CheckoutRequest } from './checkout/checkout-request.ts'
import type { FileStore, StoreName } from './downloads/file-store.ts'
import type { DownloadGrant, OrderAccess } from './downloads/grants.ts'
import type { HealthState, SweepState, WorkState } from './health/health-state.ts'
import type { IdPrefix } from './ids.ts'
import type { MailDelivery, MailEvent } from './mail/mail-event.ts'
import type { MadeRefund, WantedRefund } from './payments/made-refund.ts'
import type { ObservedSession } from './payments/observed-session.ts'
import type { VerifiedEvent } from './payments/stripe-event.ts'
import type { FactKind, FactPage } from './reconcile/stripe-fact.ts'
import type { Shop } from './shop-config.ts'

export type { ByteRange, FileSource, FileStore, StoreName, UploadBookmark, UploadRun } from './downloads/file-store.ts'

/** Everything that a use case may touch: the seller's settings, the database, the vendors, time and chance. */
export type App = {
  readonly shop: Shop
  /** The shop's origin, without a slash at the end. */
  readonly siteUrl: string
  readonly db: Database
  readonly payments: Payments
  readonly mailer: Mailer
  /** A store is made when it is first used: a shop without a bucket needs no settings for one. */
  readonly files: Readonly<Record<StoreName, FileStore>>
  readonly pictures: PictureStore
  readonly uploads: UploadStore
  readonly tokens: Tokens
  readonly identity: Identity
  readonly mailEvents: MailEvents
  readonly waker: Waker
  readonly digests: DigestStore
  readonly builds: BuildHook
  readonly health: HealthStore
  readonly rejections: RejectionLog
  readonly log: Log
  now(): Date
  /** A new random id such as `ord_…`. */
  newId(prefix: IdPrefix): string
  /** Six digits that nobody can foresee. */
  newCode(): string
  readonly seal: Seal
  /** Resolves after `ms` milliseconds; rejects when `signal` aborts first. */
  pause(ms: number, signal?: AbortSignal): Promise<void>
  /** Lets `work` finish after the answer has gone out; its failure is logged under `what`, and the promise never rejects. */
  later(what: string, work: Promise<unknown>): Promise<void>
}

/**
 * What is to be recognised later but never read back, hashed with each of our secrets, the current one first: 64 hexadecimal digits.
 * Short texts, such as a code of six digits or an address, can be guessed from a hash without a secret.
 */
export type Seal = (purpose: 'visitor' | 'access_code', text: string) => string[]

/** `nothing` was paid or is left; `unsettled`: the money is still on its way. */
export type RefundOutcome = 'refunded' | 'nothing' | 'unsettled'

/** Stripe, as far as Till knows it. Every method throws VendorDown when Stripe does not answer and VendorRefused when it says no. */
export type Payments = {
  /** Begins a checkout session; the same request under the same idempotency key is the same session. */
  startCheckout(request: CheckoutRequest): Promise<{ id: string; url: string }>
  /** Reads a session back with all line items, refunds and disputes; null when Stripe does not know it. */
  readSession(id: string): Promise<ObservedSession | null>
  /** Pays back what is left of a session's payment; the same key never pays twice. */
  refundInFull(sessionId: string, idempotencyKey: string): Promise<RefundOutcome>
  /** Pays back a part of a session's payment; the same request never pays twice, however late it is repeated. */
  refund(wanted: WantedRefund): Promise<MadeRefund>
  /** The checkout session that a payment intent belongs to; null when it came from somewhere else. */
  findSessionId(paymentIntentId: string): Promise<string | null>
  /** One page of a list of Stripe's, of entries created since and after the one named, newest first. */
  listFacts(ask: { kind: FactKind; since: Date; after: string | null }): Promise<FactPage>
  /** Whether the key that we hold takes real money. */
  readonly livemode: boolean
  /** @throws InvalidInput when the delivery is not Stripe's, is stale or from the future */
  verifyEvent(delivery: { body: string; signature: string | null; now: Date }): VerifiedEvent
}

export type OutgoingMail = { id: string; to: string; subject: string; html: string; text: string }

/**
 * How a send ended. `unknown` means that nobody can tell whether the mail went out; `conflict` that other bytes went out under this key.
 * `retryAfter` in seconds, 0 when the vendor named none.
 */
export type SendResult =
  | { outcome: 'sent'; resendId: string }
  | { outcome: 'conflict'; reason: string }
  | { outcome: 'refused'; final: boolean; reason: string; retryAfter: number }
  | { outcome: 'unknown'; reason: string }

export type Mailer = {
  /** Sends the stored bytes under the mail's id as idempotency key; never throws for what the vendor answers. */
  send(mail: OutgoingMail): Promise<SendResult>
}

export type Tokens = {
  mintDownload(grant: DownloadGrant, lifetimeSeconds: number): Promise<{ token: string; expiresAt: Date }>
  /** @throws Unauthenticated when forged or not a download token, LinkExpired when it was once good */
  verifyDownload(token: string): Promise<DownloadGrant & { jti: string }>
  mintAccess(access: OrderAccess, lifetimeSeconds: number): Promise<string>
  /** @throws Unauthenticated when forged or not an access token, LinkExpired when it was once good */
  verifyAccess(token: string): Promise<OrderAccess>
  /**
   * What a download link named, expired or not, for its buyer to ask for a fresh one; it opens nothing.
   * @throws Unauthenticated when it was never good, LinkOutdated when it ended more than 90 days ago
   */
  readExpiredDownload(token: string): Promise<Pick<DownloadGrant, 'orderItemId'>>
  /** The same for the link of a receipt. */
  readExpiredAccess(token: string): Promise<Pick<OrderAccess, 'orderId'>>
  /** A link to all orders of an address, as a mail carries it; it names its row and nobody's address. */
  mintPortal(linkId: string, lifetimeSeconds: number): Promise<string>
  /** @throws Unauthenticated when forged or not a portal's link, LinkExpired when it was once good */
  verifyPortal(token: string): Promise<string>
}

/** An account; somebody who has not confirmed the address has only claimed it. `roles` are those that the seller has given. */
export type Account = { id: string; email: string; isConfirmed: boolean; roles: string[] }

/** Who signs in. Nothing that a visitor sends is believed: Identity is asked about it every time. */
export type Identity = {
  /**
   * Whose session this is; null when it is nobody's.
   * @throws VendorDown when Identity does not answer, Misconfigured when it confirms addresses without a mail
   */
  findAccount(session: string): Promise<Account | null>
  /** Removes an account for good. @throws VendorDown when that did not work */
  removeAccount(id: string): Promise<void>
}

/** What Resend reports about mails that it has sent. */
export type MailEvents = {
  /**
   * Reads a delivery; null when it tells nothing that Till keeps.
   * @throws SignatureRejected when it is forged, stale or from the future; InvalidInput when it is not signed at all, or is no event
   */
  verify(delivery: MailDelivery): MailEvent | null
}

/** A note in a store that is not the database, saying that work is due at `at`; it lets an idle database sleep. */
export type WakeMark = { key: string; at: Date }

export type Waker = {
  /** Asks the worker to start; true only when it has answered 202 within 2 s. */
  poke(): Promise<boolean>
  /** @throws Unauthenticated unless the poke is signed with our secret and at most 60 s old */
  verifyPoke(signature: string | null): void
  listMarks(): Promise<WakeMark[]>
  writeMark(at: Date): Promise<WakeMark>
  deleteMarks(marks: WakeMark[]): Promise<void>
}

/** Notes of what the reconciler has seen, in a store that is not the database; every method throws VendorDown when it does not answer. */
export type DigestStore = {
  /** The lines last written under this name; none at first. */
  read(name: FactKind | 'night'): Promise<string[]>
  write(name: FactKind | 'night', lines: string[]): Promise<void>
}

/** Notes of how the shop is, in a store that is not the database; every method throws VendorDown when it does not answer. */
export type HealthStore = {
  read(): Promise<HealthState>
  writeWork(state: WorkState): Promise<void>
  writeSweep(state: SweepState): Promise<void>
}

/** Where a build of the pages is asked for. */
export type BuildHook = {
  /** Whether there is one: a shop can be deployed by hand. */
  readonly isSet: boolean
  /**
   * Asks for a build, and does not wait for it.
   * @throws VendorDown when it does not answer, VendorRefused when its address is no longer one, Misconfigured when none is set
   */
  ask(): Promise<void>
}

/** Notes of deliveries whose signature we rejected, in a store that is not the database: strangers must not be able to wake that. */
export type RejectionLog = {
  /**
   * Notes a rejection. True when there have been `enough` within five minutes with this one; a flood after that is not noted.
   * @throws VendorDown when the store does not answer
   */
  note(at: Date, enough: number): Promise<boolean>
}

type LogFields = Record<string, string | number | boolean | null | undefined>

/** One JSON line per happening; ids only, never an email, a token or an address. */
export type Log = {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  /** For a failure that somebody should look at; `error` is written with its stack and its causes. */
  error(event: string, error: unknown, fields?: LogFields): void
}
