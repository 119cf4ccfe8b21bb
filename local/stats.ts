import { Hono, type MiddlewareHandler } from 'hono'

export type Stats = {
  /** Counts each request that reaches the routes behind it, answered or not. */
  counted(service: 'sql' | 'stripe' | 'emails'): MiddlewareHandler
  /** `GET /stats.json`. */
  routes: Hono
  /** Forgets what the start itself has asked for. */
  reset(): void
}

/** How many requests the store has made to each service since the start. */
export function createStats(): Stats {
  const counts = { sql: 0, stripe: 0, emails: 0 }
  const routes = new Hono()
  routes.get('/stats.json', (context) => context.json(counts))
  const counted: Stats['counted'] = (service) => async (_context, next) => {
    counts[service] += 1
    await next()
  }
  return { counted, routes, reset: () => void Object.assign(counts, { sql: 0, stripe: 0, emails: 0 }) }
}
