import type { Context, Next } from 'hono'
import { isLoopback } from './settings.ts'

/** Methods that change nothing here. */
const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * Keeps the pages of other sites, open in the same browser, away from the local services: a name of theirs that leads to 127.0.0.1
 * (DNS rebinding) must not read the mailbox, a form of theirs must not press a button, a frame of theirs must not borrow a click.
 * Programs without a browser pass.
 */
export async function refuseStrangers(context: Context, next: Next): Promise<Response | undefined> {
  if (!isLoopback(context.req.url)) return context.text('The local services answer to localhost only.', 421)
  if (!READING.includes(context.req.method) && isForeign(context))
    return context.text('Only from the services page.', 403)
  context.header('x-frame-options', 'DENY')
  await next()
  return undefined
}

/** Browsers say where a request comes from in Sec-Fetch-Site, older ones in Origin. */
function isForeign({ req }: Context): boolean {
  const site = req.header('sec-fetch-site')
  if (site !== undefined) return site !== 'none' && site !== 'same-origin'
  const origin = req.header('origin')
  return origin !== undefined && origin !== new URL(req.url).origin
}
