import { openLink } from '../../db/portal-links.ts'
import type { App } from '../app.ts'
import { LinkExpired, Refused } from '../errors.ts'
import { hashSession, SESSION_S } from './portal-session.ts'

/**
 * Uses the link of a mail up, and begins a session for the browser that opened it; `secret` is for its cookie.
 * @throws Unauthenticated when the link was never ours, Refused when it was used, has expired or was replaced by a newer one
 */
export async function openPortalLink(app: App, token: string): Promise<{ email: string; secret: string }> {
  const id = await readLink(app, token)
  const secret = app.newId('pse')
  const email = id && (await openLink(app.db, id, { secretHash: hashSession(secret), seconds: SESSION_S }))
  if (!email) throw new Refused('link_over', 410, 'This link has been used or has expired. Please ask for a new one.')
  return { email, secret }
}

async function readLink({ tokens }: App, token: string): Promise<string | null> {
  try {
    return await tokens.verifyPortal(token)
  } catch (error) {
    if (error instanceof LinkExpired) return null
    throw error
  }
}
