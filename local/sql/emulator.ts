import type { PGlite } from '@electric-sql/pglite'
import { Hono } from 'hono'
import { PayloadRefused, parsePayload } from './payload.ts'
import { runPayload } from './run-payload.ts'
import { StatementRefused } from './run-statement.ts'

/**
 * Neon's SQL over HTTP in front of PGlite, for the real `@neondatabase/serverless` driver. `connectionString` is the only
 * one it accepts: user, password and database must match, whatever the host and options are.
 * Protocol: neondatabase/neon, proxy/src/serverless/sql_over_http.rs.
 */
export function createSqlEmulator({ pglite, connectionString }: { pglite: PGlite; connectionString: string }): {
  routes: Hono
  requests(): number
} {
  let count = 0
  const routes = new Hono()
  routes.post('/sql', async (context) => {
    count += 1
    const { headers } = context.req.raw
    refuseStranger(headers, connectionString)
    return context.json(await runPayload(pglite, parsePayload(await context.req.text()), headers))
  })
  routes.onError((error) => refusal(error))
  return { routes, requests: () => count }
}

function refuseStranger(headers: Headers, expected: string): void {
  if (headers.get('neon-raw-text-output') !== 'true' || headers.get('neon-array-mode') !== 'true') {
    throw new PayloadRefused('only raw text output in array mode is spoken here, as the driver asks for', 400)
  }
  const given = headers.get('neon-connection-string')
  if (!given || !URL.canParse(given)) throw new PayloadRefused('invalid header: neon-connection-string', 400)
  const [who, owner] = [new URL(given), new URL(expected)]
  if (who.username === owner.username && who.password === owner.password && who.pathname === owner.pathname) return
  throw new PayloadRefused(`password authentication failed for user '${who.username}'`, 400)
}

/** The driver reads Postgres' fields from a 400 and shows the bare text of any other status. */
function refusal(error: Error): Response {
  if (error instanceof StatementRefused) {
    const { length, name, ...fields } = error.fields
    return Response.json({ ...fields, message: error.message }, { status: 400 })
  }
  if (error instanceof PayloadRefused) {
    return Response.json({ message: error.message }, { status: error.status })
  }
  console.error(error)
  return Response.json({ message: 'internal error' }, { status: 500 })
}
