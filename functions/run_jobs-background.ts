import { randomUUID } from 'node:crypto'
import type { Config } from '@netlify/functions'
import { background } from '../adapters/background.ts'
import { MAILER } from '../adapters/mailer-port.ts'
import { PAYMENTS } from '../adapters/payments-port.ts'
import { POKE_HEADER } from '../adapters/waker.ts'
import { HANDLERS } from '../workers/registry.ts'
import { runWorker } from '../workers/runtime/run-worker.ts'

/** A background function may run for 15 minutes; it stops claiming at 80 % of that, so that nothing is cut off in the middle. */
const LIMITS = { batch: 10, leaseSeconds: 60, budgetSeconds: 720 } as const

/** The worker. Its address is public, so only a poke that we signed within the last minute starts it. */
export default background(
  async (request, app) => {
    // A link, a preview or a monitor asks with GET, whatever headers somebody has copied.
    app.waker.verifyPoke(request.method === 'POST' ? request.headers.get(POKE_HEADER) : null)
    await runWorker(app, HANDLERS, { ...LIMITS, holder: randomUUID() })
  },
  { ...PAYMENTS, ...MAILER },
)

export const config: Config = { background: true }
