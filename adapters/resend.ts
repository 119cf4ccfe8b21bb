import { type ErrorResponse, Resend } from 'resend'
import type { Mailer, OutgoingMail, SendResult } from '../shop/app.ts'
import { mailTags } from '../shop/mail/mail-event.ts'

type Settings = { apiKey: string; baseUrl: string | undefined; from: string; replyTo: string }
type Answer = Awaited<ReturnType<Resend['emails']['send']>>

const TIMEOUT_MS = 8_000
/** Our key is refused, not the mail: it waits until somebody has mended the key. https://resend.com/docs/api-reference/errors */
const KEY_REFUSALS = new Set<string | undefined>(['missing_api_key', 'invalid_api_key', 'restricted_api_key'])
const KEY_REFUSED_WAIT_S = 600

/** Resend: it never throws, never repeats and has no timeout of its own, so all three are handled here. */
export function createMailer({ apiKey, baseUrl, from, replyTo }: Settings): Mailer {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {})
  const post = ({ id, to, subject, html, text }: OutgoingMail) =>
    resend.emails.send(
      { from, to, replyTo, subject, html, text, tags: mailTags(id) },
      { idempotencyKey: id, signal: AbortSignal.timeout(TIMEOUT_MS) },
    )
  return { send: async (mail) => readAnswer(await post(mail)) }
}

/**
 * Refused means that Resend answered and did not send: 429, or a 4xx other than 409. All else (5xx, a cut connection, a time-out) may
 * have gone out, and only a repeat under the same key can tell.
 */
function readAnswer({ data, error, headers }: Answer): SendResult {
  if (data?.id) return { outcome: 'sent', resendId: data.id }
  const reason = error ? `${error.name}: ${withoutAddresses(error.message)}` : 'an answer without an id'
  const status = error?.statusCode ?? null
  if (error?.name === 'invalid_idempotent_request') return { outcome: 'conflict', reason }
  if (status === null || status >= 500 || isConcurrent(error)) return { outcome: 'unknown', reason }
  if (KEY_REFUSALS.has(error?.name)) return { outcome: 'refused', final: false, reason, retryAfter: KEY_REFUSED_WAIT_S }
  return { outcome: 'refused', final: status !== 429, reason, retryAfter: Number(headers?.['retry-after'] ?? 0) || 0 }
}

/** Another send under this key is under way: its outcome is ours. */
function isConcurrent(error: ErrorResponse | null): boolean {
  return error?.name === 'concurrent_idempotent_requests'
}

/** Resend repeats the address that it complains of; the reason goes into logs, where no address may be. */
function withoutAddresses(text: string): string {
  return text.replace(/[^\s"'`<>]+@[^\s"'`<>]+/g, '(address)')
}
