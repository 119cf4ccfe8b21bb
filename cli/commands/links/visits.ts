import type { App } from '../../../shop/app.ts'
import type { Visit } from './ask-link.ts'

export type Visits = { ofOneHost(): Visit }

const TIMEOUT_MS = 10_000
const BETWEEN_MS = 1_000

/** Requests that say who asks, carry no cookies, and come to one host once a second at most. */
export function createVisits(app: App, fetch: typeof globalThis.fetch, stopping: AbortSignal): Visits {
  const headers = { 'user-agent': `Till link check (+${app.siteUrl})`, accept: 'text/html' }
  return {
    ofOneHost() {
      let next = 0
      return async (method, url) => {
        const wait = next - app.now().getTime()
        if (wait > 0) await app.pause(wait, stopping)
        stopping.throwIfAborted()
        next = app.now().getTime() + BETWEEN_MS
        const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)])
        return fetch(url, { method, headers, redirect: 'manual', credentials: 'omit', signal })
      }
    },
  }
}
