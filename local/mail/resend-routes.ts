import { type Context, Hono } from 'hono'
import type { CreateBatchSuccessResponse, CreateEmailResponseSuccess, GetEmailResponseSuccess } from 'resend'
import type { Idempotency } from './idempotency.ts'
import type { Mail, MailContent } from './mail.ts'
import type { Mailbox } from './mailbox.ts'
import { parseMail } from './parse-mail.ts'
import type { RateDecision } from './rate-limit.ts'
import { parseBatch } from './resend-batch.ts'
import { invalid, malformed, ResendRefusal } from './resend-refusal.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Events = { record(mail: Mail): void; deliver(): void }
type Parts = { mailbox: Mailbox; idempotency: Idempotency; rateLimit(): RateDecision; events: Events }
type Permissive = CreateBatchSuccessResponse<{ batchValidation: 'permissive' }>
type BatchAnswer = Pick<Permissive, 'data'> & Partial<Pick<Permissive, 'errors'>>
type Keep = (content: MailContent) => { id: string }

/** Resend's API: `POST /emails`, `POST /emails/batch`, `GET /emails/:id`. */
export function createResendRoutes({ mailbox, idempotency, rateLimit, events }: Parts): Hono {
  const accept = async (context: Context, write: (body: unknown, keep: Keep) => object) => {
    const key = context.req.header('idempotency-key')
    const keep: Keep = (content) => {
      const mail = mailbox.keep(content, { via: 'resend', idempotency_key: key ?? null })
      events.record(mail)
      return { id: mail.id }
    }
    const send = (body: string) => write(parseJson(body), keep)
    const answer = await idempotency({ key, readBody: () => context.req.text(), send })
    events.deliver()
    return context.json(answer)
  }

  const routes = new Hono()
  routes.use('/emails/*', async (context, next) => {
    requireKey(context.req.header('authorization'))
    const { allowed, headers } = rateLimit()
    for (const [name, value] of Object.entries(headers)) context.header(name, value)
    if (!allowed) throw tooManyRequests(headers['ratelimit-limit'] ?? '')
    await next()
  })
  routes.post('/emails', (context) => accept(context, sendOne))
  routes.post('/emails/batch', (context) => {
    const isPermissive = context.req.header('x-batch-validation') === 'permissive'
    return accept(context, (body, keep) => sendBatch(body, keep, isPermissive))
  })
  routes.get('/emails/:id', (context) => context.json(wireMail(findMail(mailbox, context.req.param('id')))))
  routes.onError(answerError)
  return routes
}

function sendOne(body: unknown, keep: Keep): CreateEmailResponseSuccess {
  return keep(parseMail(body))
}

function sendBatch(body: unknown, keep: Keep, isPermissive: boolean): BatchAnswer {
  const { contents, errors } = parseBatch(body, isPermissive)
  const data = contents.map(keep)
  return isPermissive ? { data, errors } : { data }
}

function findMail(mailbox: Mailbox, id: string): Mail {
  if (!UUID.test(id)) throw invalid('The `id` must be a valid UUID.')
  const mail = mailbox.find(id)
  if (mail?.via === 'resend') return mail
  throw new ResendRefusal({ statusCode: 404, name: 'not_found' }, 'Email not found')
}

function wireMail(mail: Mail): GetEmailResponseSuccess {
  const { id, from, to, subject, html, text, tags, created_at, state } = mail
  const orNull = (list: string[]) => (list.length > 0 ? list : null)
  const copies = { cc: orNull(mail.cc), bcc: orNull(mail.bcc), reply_to: orNull(mail.reply_to) }
  const content = { from, to, subject, html, text, ...copies, ...(tags.length > 0 && { tags }) }
  const message_id = `<${id}@resend.local>`
  return { object: 'email', id, message_id, ...content, created_at, last_event: state, scheduled_at: null }
}

function requireKey(authorization: string | undefined): void {
  if (!authorization) throw new ResendRefusal({ statusCode: 401, name: 'missing_api_key' }, 'Missing API Key')
  if (/^Bearer re_[A-Za-z0-9_]+$/.test(authorization)) return
  throw new ResendRefusal({ statusCode: 403, name: 'invalid_api_key' }, 'API key is invalid')
}

function tooManyRequests(limit: string): ResendRefusal {
  const message = `Too many requests. You can only make ${limit} requests per second.`
  return new ResendRefusal(
    { statusCode: 429, name: 'rate_limit_exceeded' },
    `${message} See rate limit response headers for more information. Or contact support to increase rate limit.`,
  )
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw malformed(`The request body is not valid JSON: ${cause instanceof Error ? cause.message : cause}`)
  }
}

function answerError(error: Error, context: Context): Response {
  if (error instanceof ResendRefusal) return context.json(error.body, error.status)
  console.error(error)
  const failure = new ResendRefusal({ statusCode: 500, name: 'internal_server_error' }, 'An unexpected error occurred.')
  return context.json(failure.body, failure.status)
}
