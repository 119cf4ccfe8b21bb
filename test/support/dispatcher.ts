import { readdirSync } from 'node:fs'
import type { Config, Context } from '@netlify/functions'
import { Hono } from 'hono'
import * as closePortal from '../../functions/close_portal.ts'
import * as correctEmail from '../../functions/correct_email.ts'
import * as createCheckoutSession from '../../functions/create_checkout_session.ts'
import * as deleteAccount from '../../functions/delete_account.ts'
import * as download from '../../functions/download.ts'
import * as getDownloadLink from '../../functions/get_download_link.ts'
import * as getEntitlements from '../../functions/get_entitlements.ts'
import * as getMyData from '../../functions/get_my_data.ts'
import * as getPurchases from '../../functions/get_purchases.ts'
import * as go from '../../functions/go.ts'
import * as healthz from '../../functions/healthz.ts'
import * as logClick from '../../functions/log_click.ts'
import * as openPortalLink from '../../functions/open_portal_link.ts'
import * as redeemAccessCode from '../../functions/redeem_access_code.ts'
import * as resendWebhook from '../../functions/resend_webhook.ts'
import * as sendAccessCode from '../../functions/send_access_code.ts'
import * as sendAccessLink from '../../functions/send_access_link.ts'
import * as sendPortalLink from '../../functions/send_portal_link.ts'
import * as sendPurchaseLinks from '../../functions/send_purchase_links.ts'
import * as stripeWebhook from '../../functions/stripe_webhook.ts'
import type { IdentityEmulator } from '../../local/identity/identity-emulator.ts'

type FunctionModule = { default: (request: Request, context: Context) => Promise<Response>; config: Config }

const FUNCTIONS: FunctionModule[] = [
  go,
  createCheckoutSession,
  stripeWebhook,
  getEntitlements,
  sendAccessCode,
  logClick,
  healthz,
  redeemAccessCode,
  sendAccessLink,
  download,
  getPurchases,
  getDownloadLink,
  sendPurchaseLinks,
  sendPortalLink,
  openPortalLink,
  closePortal,
  correctEmail,
  resendWebhook,
  getMyData,
  deleteAccount,
]

const FOLDER = new URL('../../functions/', import.meta.url)

/** The doors of the seller's pages: every one, so that none can be forgotten where all of them are tried. */
export const ADMIN_FUNCTIONS: FunctionModule[] = await Promise.all(
  readdirSync(FOLDER)
    .filter((name) => name.startsWith('admin_'))
    .map((name) => import(new URL(name, FOLDER).href)),
)

/** What becomes of Identity: an outage, something else in its place, no answer, or addresses that are confirmed without a mail. */
type IdentityState = 'up' | 'down' | 'html' | 'hangs' | 'autoconfirm'

/**
 * The functions behind their own paths, called in this process. `pokes` counts what reaches the worker's door, which answers as the
 * platform does but leaves the work to the test; `settled` waits for what the functions do behind their answers.
 */
export function createDispatcher() {
  const behind: Promise<unknown>[] = []
  let strangers = 0
  const state = { pokes: 0, pokeStatus: 202, identity: 'up' as IdentityState }
  const routes = new Hono()
  routes.all('/.netlify/functions/run_jobs-background', () => {
    state.pokes += 1
    return new Response(null, { status: state.pokeStatus })
  })
  for (const { default: handle, config } of [...FUNCTIONS, ...ADMIN_FUNCTIONS]) {
    routes.all(String(config.path), (context) => {
      const params = context.req.param() as Record<string, string>
      const address = context.req.header('x-nf-client-connection-ip') ?? strangerAddress(++strangers)
      return handle(context.req.raw, testContext({ params, ip: address }, behind))
    })
  }
  return {
    routes,
    state,
    /** Puts Identity before the store's own paths; call it before the first request. */
    serveIdentity(identity: IdentityEmulator) {
      routes.all('/.netlify/identity/*', (context) => {
        if (state.identity === 'down') return new Response('<h1>Bad gateway</h1>', { status: 502 })
        if (state.identity === 'html')
          return new Response('<h1>A page</h1>', { headers: { 'content-type': 'text/html' } })
        if (state.identity === 'hangs') return new Promise<Response>(() => undefined)
        if (state.identity === 'autoconfirm' && context.req.path.endsWith('/settings'))
          return Response.json({ autoconfirm: true })
        return identity.routes.fetch(context.req.raw)
      })
    },
    async settled() {
      await Promise.allSettled(behind.splice(0))
    },
  }
}

/** Another visitor's address for each request that does not name its own, so that tests meet the rate limits only where they mean to. */
function strangerAddress(number: number): string {
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
}

/** As much of the platform's context as an endpoint reads. */
function testContext(own: { params: Record<string, string>; ip: string }, behind: Promise<unknown>[]): Context {
  const partial = {
    ...own,
    requestId: 'req_test',
    deploy: { context: 'production' },
    waitUntil: (work: Promise<unknown>) => void behind.push(work),
  }
  return partial as unknown as Context
}
