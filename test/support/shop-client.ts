import { createApp } from '../../adapters/create-app.ts'
import type { Database } from '../../db/database.ts'
import { withServices } from '../../local/with-services.ts'
import { claimHeader, keepClaim } from './claims.ts'
import type { ShopProcess } from './shop-process.ts'

export type ReceivedMail = { to: string[]; subject: string; text: string; html: string; idempotency_key: string | null }

const FIREFOX = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

/** Everything that the mailbox of a running shop holds, newest first. */
export async function readMails({ servicesUrl }: ShopProcess): Promise<ReceivedMail[]> {
  return (await (await fetch(`${servicesUrl}/mail.json`)).json()) as ReceivedMail[]
}

/** Buys a product over HTTP, as a browser without JavaScript does. @returns the checkout session's id */
export async function buyAt({ siteUrl }: ShopProcess, slug: string, email: string): Promise<string> {
  const go = await fetch(`${siteUrl}/go/${slug}`, { redirect: 'manual', headers: FIREFOX })
  const page = go.headers.get('location') ?? ''
  keepClaim(go, page)
  const body = new URLSearchParams({ email, card: '4242424242424242' })
  const paid = await fetch(page, { method: 'POST', body, redirect: 'manual' })
  const sessionId = /session_id=(cs_\w+)/.exec(paid.headers.get('location') ?? '')?.[1]
  if (!sessionId) throw new Error(`the payment page answered ${paid.status}`)
  return sessionId
}

/** Asks for the files of a checkout session, as /success does in the browser that bought. */
export async function openAt(
  { siteUrl }: ShopProcess,
  sessionId: string,
): Promise<{ status: number; body: { state: string; downloads: { url: string }[] } }> {
  const headers = { 'content-type': 'application/json', origin: siteUrl, ...claimHeader(sessionId) }
  const answer = await fetch(`${siteUrl}/get_entitlements`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ session_id: sessionId }),
  })
  return { status: answer.status, body: (await answer.json()) as { state: string; downloads: { url: string }[] } }
}

/** Runs a question against the database of the running shop that owns `folder`. */
export async function askDatabase<Result>(folder: string, ask: (db: Database) => Promise<Result>): Promise<Result> {
  process.env.TILL_DATA_DIR = folder
  return withServices((env) => ask(createApp({ env }).db))
}
