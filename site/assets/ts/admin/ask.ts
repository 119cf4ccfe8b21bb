import { isObject } from '../is-object.ts'
import { accessToken, renewSession, restoreCookies } from '../purchases/session.ts'

/** Why there is no answer; `message` is the shop's own, or empty. `state` tells refusals of one kind apart. */
export class Trouble extends Error {
  readonly kind: 'offline' | 'signed-out' | 'forbidden' | 'refused' | 'failed'
  readonly status: number
  readonly state: string
  /** The whole answer, for whoever knows its shape. */
  readonly body: unknown
  constructor(kind: Trouble['kind'], { status = 0, message = '', state = '', body = null as unknown } = {}) {
    super(message)
    this.kind = kind
    this.status = status
    this.state = state
    this.body = body
  }
}

/** Long enough for a sync with Stripe. */
const PATIENCE_MS = 30_000

/**
 * Asks one of the seller's doors, with JSON or with bytes. An account whose hour is over is renewed, and the question asked once more.
 * @throws Trouble whenever there is no answer to go on with
 */
export async function ask<Answer>(path: string, question: object | Blob): Promise<Answer> {
  return read(await sendRenewed(path, question))
}

/** The same for an answer that is bytes. */
export async function askBytes(path: string, question: object): Promise<Blob> {
  const answer = await sendRenewed(path, question)
  return answer.ok ? answer.blob() : read(answer)
}

async function sendRenewed(path: string, question: object | Blob): Promise<Response> {
  restoreCookies()
  const token = accessToken()
  const answer = await send(path, question)
  if (answer.status !== 401 || token === null) return answer
  const outcome = await renewSession(token)
  if (outcome === 'unreachable') throw new Trouble('offline')
  return outcome === 'renewed' ? send(path, question) : answer
}

async function send(path: string, question: object | Blob): Promise<Response> {
  const isBytes = question instanceof Blob
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' },
      body: isBytes ? question : JSON.stringify(question),
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
  } catch {
    throw new Trouble('offline')
  }
}

async function read<Answer>(answer: Response): Promise<Answer> {
  const body: unknown = await answer.json().catch(() => null)
  if (answer.ok && body !== null) return body as Answer
  throw troubleOf(answer.status, body)
}

function troubleOf(status: number, body: unknown): Trouble {
  if (status === 401) return new Trouble('signed-out', { status })
  const error = isObject(body) && isObject(body.error) ? body.error : isObject(body) ? body : {}
  const message = typeof error.message === 'string' ? error.message : ''
  const state = typeof error.state === 'string' ? error.state : typeof error.code === 'string' ? error.code : ''
  if (status === 403 && state === 'forbidden') return new Trouble('forbidden', { status, message, state })
  return new Trouble(status < 500 ? 'refused' : 'failed', { status, message, state, body })
}
