import { type Context, Hono } from 'hono'
import { type Account, confirmed } from './account.ts'
import { deleteUser } from './admin-users.ts'
import type { Identity } from './identity.ts'
import { rolesOf } from './identity-panel.ts'

/** What people do to users by the buttons of the services page: `POST /people/identity/confirm|make-admin|delete`. */
export function createPeopleRoutes(identity: Identity): Hono {
  const { accounts, now } = identity
  const changes = new Map<string, (account: Account) => unknown>([
    ['confirm', (account) => accounts.save(confirmed(account, now()))],
    ['make-admin', (account) => accounts.save(asAdmin(account))],
    ['delete', ({ id }) => deleteUser(identity, id)],
  ])
  const routes = new Hono()
  routes.post('/people/identity/:action', async (context) => {
    if (isForeign(context)) return context.text('Only from the services page.', 403)
    const { id } = await context.req.parseBody()
    const account = typeof id === 'string' ? accounts.byId(id) : undefined
    const change = changes.get(context.req.param('action'))
    if (!account || !change) return context.text('There is no such user or button.', 404)
    change(account)
    return context.redirect('/', 303)
  })
  return routes
}

/** Any page that the browser has open could post a form here. */
function isForeign(context: Context): boolean {
  const site = context.req.header('sec-fetch-site') ?? 'none'
  return site !== 'none' && site !== 'same-origin'
}

function asAdmin(account: Account): Account {
  const roles = [...new Set([...rolesOf(account), 'admin'])]
  return { ...account, app_metadata: { ...account.app_metadata, roles } }
}
