import type { Settings } from '@netlify/identity'
import { type Context, Hono } from 'hono'
import { wireUser } from './account.ts'
import { createAdminRoutes } from './admin-routes.ts'
import { GoTrueError, oauthRefusal, refusal } from './gotrue-error.ts'
import type { Identity } from './identity.ts'
import { RecoverParams, readParams, SignUpParams, UserUpdateParams, VerifyParams } from './read-params.ts'
import { recover } from './recover.ts'
import { requireUser } from './require-bearer.ts'
import { signInByLink, signInByPassword, signInByRefreshToken, type TokenAnswer } from './sign-in.ts'
import { signUp } from './sign-up.ts'
import { updateUser } from './update-user.ts'

const OAUTH = { bitbucket: false, facebook: false, github: false, gitlab: false, google: false }
const PROVIDERS = { ...OAUTH, email: true, saml: false } satisfies Settings['providers'] & { saml: boolean }
const SETTINGS = { external: PROVIDERS, external_labels: {}, disable_signup: false, autoconfirm: false }

type LimitToken = (client: string) => void

/** GoTrue's API under `/.netlify/identity`, for the store's own origin. */
export function createIdentityRoutes(identity: Identity, limitToken: LimitToken): Hono {
  const api = new Hono()
  api.get('/settings', (context) => context.json(SETTINGS))
  api.post('/signup', async (context) => {
    const params = await readParams(context, SignUpParams)
    return context.json(await signUp(identity, { ...params, referer: context.req.header('referer') }))
  })
  api.post('/verify', async (context) => {
    const { type, token } = await readParams(context, VerifyParams)
    return context.json(await signInByLink(identity, type, token))
  })
  api.post('/recover', async (context) => {
    const params = await readParams(context, RecoverParams)
    return context.json(recover(identity, { ...params, referer: context.req.header('referer') }))
  })
  api.post('/token', async (context) => {
    limitToken(context.req.header('x-forwarded-for') ?? '')
    return context.json(await grant(identity, new URLSearchParams(await context.req.text())))
  })
  api.route('/', createUserRoutes(identity))
  api.route('/admin/users', createAdminRoutes(identity))
  api.all('*', () => {
    throw refusal(404, 'Not found')
  })
  const routes = new Hono()
  routes.route('/.netlify/identity', api.onError(answerError))
  return routes
}

function createUserRoutes(identity: Identity): Hono {
  const routes = new Hono()
  routes.get('/user', async (context) => context.json(wireUser(await requireUser(identity, context))))
  routes.put('/user', async (context) => {
    const { id } = await requireUser(identity, context)
    const params = await readParams(context, UserUpdateParams)
    return context.json(await updateUser(identity, id, { ...params, referer: context.req.header('referer') }))
  })
  routes.post('/logout', async (context) => {
    const { id } = await requireUser(identity, context)
    identity.sessions.closeAll(id)
    return context.body(null, 204)
  })
  return routes
}

function grant(identity: Identity, form: URLSearchParams): Promise<TokenAnswer> {
  const field = (name: string) => form.get(name) ?? ''
  const type = field('grant_type')
  if (type === 'password') return signInByPassword(identity, field('username'), field('password'))
  if (type === 'refresh_token') return signInByRefreshToken(identity, field('refresh_token'))
  throw oauthRefusal('unsupported_grant_type', '')
}

function answerError(error: Error, context: Context): Response {
  if (error instanceof GoTrueError) return context.json(error.body, error.status)
  console.error(error)
  return context.json({ code: 500, msg: 'Internal server error' }, 500)
}
