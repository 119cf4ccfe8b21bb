import { Hono } from 'hono'
import type { Ledger } from '../ledger.ts'
import { createDomainRoutes } from './domain-routes.ts'
import { createIdempotency } from './idempotency.ts'
import { createMailWebhook, noWebhook, type WebhookTarget } from './mail-webhook.ts'
import { createMailbox } from './mailbox.ts'
import { createMailboxPages, mailPanel } from './mailbox-pages.ts'
import { createRateLimit } from './rate-limit.ts'
import { createResendRoutes } from './resend-routes.ts'

/** A mail that did not come through Resend, such as one of Identity's. */
export type ReceivedMail = { to: string; from: string; subject: string; html: string; text: string }

export type MailEmulator = {
  /** Resend's API, and the mailbox for tools and people. */
  routes: Hono
  /** The mailbox as an HTML fragment, newest first. */
  panel(): string
  /** Puts a mail of somebody else's into the mailbox. */
  receive(mail: ReceivedMail): void
  /** Ends the waiting for the next delivery of an event; call it before the ledger is closed. */
  stop(): void
}

type Options = { ledger: Ledger; now?: () => Date; requestsPerSecond?: number; webhook?: WebhookTarget }

/**
 * Resend on this machine: what it accepts is in the ledger before it answers.
 * @param options.requestsPerSecond Resend's limit for a team, 5 unless a load test raises it.
 * @param options.webhook where to report deliveries, bounces and complaints; nowhere when absent.
 */
export function createMailEmulator(options: Options): MailEmulator {
  const { ledger, now = () => new Date(), requestsPerSecond = 5, webhook } = options
  const mailbox = createMailbox(ledger, now)
  const events = webhook ? createMailWebhook({ ledger, now, webhook }) : noWebhook
  const idempotency = createIdempotency(ledger, now)
  const rateLimit = createRateLimit(requestsPerSecond, now)
  const routes = new Hono()
  routes.route('/', createResendRoutes({ mailbox, idempotency, rateLimit, events }))
  routes.route('/', createDomainRoutes(ledger))
  routes.route('/', createMailboxPages(mailbox))
  events.deliver()
  return {
    routes,
    panel: () => mailPanel(mailbox.newestFirst()),
    receive: (mail) => receive(mailbox, mail),
    stop: events.stop,
  }
}

function receive(mailbox: ReturnType<typeof createMailbox>, mail: ReceivedMail): void {
  const none = { cc: [], bcc: [], reply_to: [], tags: [], attachments: [], headers: {} }
  mailbox.keep({ ...none, ...mail, to: [mail.to] }, { via: 'identity', idempotency_key: null })
}
