import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import type { App } from '../shop/app.ts'
import { tellHealth } from '../shop/health/tell-health.ts'

/** Half a dozen monitors cost one look at the notes in ten seconds. */
const CACHED = {
  'cache-control': 'public, max-age=10',
  'netlify-cdn-cache-control': 'public, max-age=10',
  vary: 'Accept-Encoding',
}

async function answer(_request: Request, app: App): Promise<Response> {
  const report = await tellHealth(app)
  return Response.json(report, { status: report.status === 'green' ? 200 : 503, headers: CACHED })
}

/** For monitors: whether work is done, from notes outside of the database; 503 when something is red. */
export default endpoint({ GET: answer, HEAD: answer })

export const config: Config = { path: '/healthz' }
