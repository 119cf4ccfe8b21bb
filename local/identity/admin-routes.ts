import { type Context, Hono } from 'hono'
import { wireUser } from './account.ts'
import { changeUser, createUser, deleteUser, loadUser } from './admin-users.ts'
import { refusal } from './gotrue-error.ts'
import type { Identity } from './identity.ts'
import { AdminUserParams, readParams } from './read-params.ts'
import { requireAdmin } from './require-bearer.ts'

const PER_PAGE = '50'

/** `/admin/users`, for the platform's token or an administrator of Identity. */
export function createAdminRoutes(identity: Identity): Hono {
  const routes = new Hono()
  routes.use('*', async (context, next) => {
    await requireAdmin(identity, context)
    await next()
  })
  routes.get('/', (context) => {
    const users = identity.accounts.newestFirst().map(wireUser)
    const page = pageNumber(context, 'page', '1')
    const perPage = pageNumber(context, 'per_page', PER_PAGE)
    context.header('x-total-count', String(users.length))
    return context.json({ users: users.slice((page - 1) * perPage, page * perPage), aud: '' })
  })
  routes.post('/', async (context) => {
    return context.json(await createUser(identity, await readParams(context, AdminUserParams)))
  })
  routes.get('/:id', (context) => context.json(wireUser(loadUser(identity, context.req.param('id')))))
  routes.put('/:id', async (context) => {
    const { id } = loadUser(identity, context.req.param('id'))
    return context.json(await changeUser(identity, id, await readParams(context, AdminUserParams)))
  })
  routes.delete('/:id', (context) => context.json(deleteUser(identity, context.req.param('id'))))
  return routes
}

function pageNumber(context: Context, name: string, standard: string): number {
  const value = context.req.query(name) || standard
  if (!/^[1-9]\d{0,8}$/.test(value)) throw refusal(400, `Bad Pagination Parameters: ${name}`)
  return Number(value)
}
