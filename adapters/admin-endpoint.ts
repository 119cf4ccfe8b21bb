import type { Admin } from '../shop/admin/admin.ts'
import { identifyAdmin } from '../shop/admin/identify-admin.ts'
import type { App } from '../shop/app.ts'
import { endpoint } from './endpoint.ts'
import { readCredentials } from './portal-cookie.ts'
import { assertOwnPage } from './request-body.ts'
import type { Vendors } from './wire-app.ts'

type Handler = (request: Request, app: App, admin: Admin) => Promise<Response>
type Handlers = { GET?: Handler; POST?: Handler }

/**
 * A door of the seller's pages: nothing of it runs, and nothing of the request is read, before a page of ours has asked in the name of an
 * account with the role `admin`. Every function whose name begins with `admin_` is made by this, and by nothing else.
 */
export function adminEndpoint(handlers: Handlers, vendors: Vendors = {}) {
  const guarded = Object.entries(handlers).map(([method, handler]) => [method, behindGuard(handler)])
  return endpoint(Object.fromEntries(guarded), { vendors })
}

function behindGuard(handler: Handler): NonNullable<Parameters<typeof endpoint>[0]['POST']> {
  return async (request, app, { ip }) => {
    assertOwnPage(request, app.siteUrl)
    const admin = await identifyAdmin(app, { session: readCredentials(request).account, address: ip })
    return handler(request, app, admin)
  }
}
