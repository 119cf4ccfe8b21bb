import { randomUUID } from 'node:crypto'
import type { Context } from '@netlify/functions'
import type { App } from '../shop/app.ts'
import { Unauthenticated } from '../shop/errors.ts'
import { functionHeaders } from '../shop/headers.ts'
import { type Vendors, wireApp } from './wire-app.ts'

type Work = (request: Request, app: App) => Promise<void>

/**
 * A function that nobody waits for. A throw makes the platform repeat a background call after one and two minutes, so everything is
 * thrown on except a caller's own fault; work is refused where it could touch a live shop from a copy.
 */
export function background(work: Work, vendors: Vendors = {}) {
  return async (request: Request, context: Context): Promise<Response> => {
    const requestId = context.requestId || randomUUID()
    const waitUntil = (later: Promise<unknown>) => context.waitUntil(later)
    const app = wireApp({ requestId, waitUntil, isBackground: true }, vendors)
    try {
      if (mayWork(context, app.siteUrl)) await work(request, app)
      else app.log.warn('worker_refused', { deploy_context: context.deploy?.context })
      return new Response(null, { status: 202, headers: functionHeaders('json') })
    } catch (error) {
      return refuse(error, app)
    }
  }
}

/** The address is public: what strangers send is noted in a line, not reported like a failure of ours. */
function refuse(error: unknown, app: App): Response {
  if (error instanceof Unauthenticated) {
    app.log.warn('background_refused', { why: error.message })
    return new Response(null, { status: 403, headers: functionHeaders('json') })
  }
  app.log.error('background_failed', error)
  throw error
}

/** A preview's database may be a live copy of the real one, open jobs included: only production and this machine may work. */
function mayWork(context: Context, siteUrl: string): boolean {
  const { hostname } = new URL(siteUrl)
  return context.deploy?.context === 'production' || hostname === 'localhost' || hostname === '127.0.0.1'
}
