import { randomUUID } from 'node:crypto'
import type { Ledger } from '../ledger.ts'
import type { Mail } from './mail.ts'
import { mailEvents } from './mail-events.ts'
import { signSvix } from './sign-svix.ts'

const PENDING = 'mail_events'
const TIMEOUT_MS = 15_000
// https://resend.com/docs/webhooks/retries-and-replays: the waits after each failed attempt, in seconds.
const WAITS_S = [5, 300, 1800, 7200, 18_000, 36_000, 36_000]

export type WebhookTarget = { url: string; secret: string }
type Pending = { id: string; payload: string; attempts: number; due_at: string }
type Options = { ledger: Ledger; now: () => Date; webhook: WebhookTarget }

/**
 * Tells the store what became of its mails. Events lie in the ledger from the moment of the mail until the store
 * has answered 2xx, so they outlive the process.
 */
export type MailWebhook = { record(mail: Mail): void; deliver(): void; stop(): void }

/** Nobody is told anything. */
export const noWebhook: MailWebhook = { record: () => {}, deliver: () => {}, stop: () => {} }

/** `record` belongs in the mail's own transaction, `deliver` after it; `stop` ends the waiting for the next attempt. */
export function createMailWebhook({ ledger, now, webhook }: Options): MailWebhook {
  const waiting = new Map<string, NodeJS.Timeout>()
  let isStopped = false
  const attempt = async (event: Pending) => {
    const isTaken = await post(event, webhook, now())
    if (isStopped) return
    waiting.delete(event.id)
    settle(ledger, isTaken ? undefined : later(event, now()), event.id)
    deliver()
  }
  const deliver = () => {
    for (const event of ledger.list<Pending>(PENDING)) {
      if (waiting.has(event.id)) continue
      const wait = Math.max(0, Date.parse(event.due_at) - now().getTime())
      waiting.set(event.id, setTimeout(attempt, wait, event).unref())
    }
  }
  const stop = () => {
    isStopped = true
    for (const timer of waiting.values()) clearTimeout(timer)
  }
  return { record: (mail) => record(ledger, mail, now().toISOString()), deliver, stop }
}

function record(ledger: Ledger, mail: Mail, due_at: string): void {
  for (const event of mailEvents(mail, due_at)) {
    const id = `msg_${randomUUID().replaceAll('-', '')}`
    ledger.put(PENDING, id, { id, payload: JSON.stringify(event), attempts: 0, due_at } satisfies Pending)
  }
}

function later(event: Pending, now: Date): Pending | undefined {
  const wait = WAITS_S[event.attempts]
  if (wait === undefined) return undefined
  return { ...event, attempts: event.attempts + 1, due_at: new Date(now.getTime() + wait * 1000).toISOString() }
}

function settle(ledger: Ledger, next: Pending | undefined, id: string): void {
  if (next) ledger.put(PENDING, id, next)
  else ledger.delete(PENDING, id)
}

async function post(event: Pending, { url, secret }: WebhookTarget, at: Date): Promise<boolean> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Svix-Webhooks/1.0',
    ...signSvix(event, secret, at),
  }
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await fetch(url, { method: 'POST', body: event.payload, headers, redirect: 'manual', signal })
    await response.arrayBuffer()
    return response.ok
  } catch (error) {
    console.warn(`mail: the store did not take ${event.id}: ${error instanceof Error ? error.message : error}`)
    return false
  }
}
