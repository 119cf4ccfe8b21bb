import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono, type Next } from 'hono'
import { compress } from 'hono/compress'
import type { Faults } from './faults.ts'
import { faulty } from './faulty.ts'
import { toFunctionRequest } from './function-request.ts'
import type { LocalFunctions } from './functions.ts'
import type { IdentityEmulator } from './identity/identity-emulator.ts'
import { addIdentity } from './identity-header.ts'
import { isDecodable } from './is-decodable.ts'
import type { StaticSite } from './static-site.ts'
import { wholeAnswer } from './whole-answer.ts'

type Bound = { Bindings: HttpBindings }
type Options = {
  functions: LocalFunctions
  site: Pick<StaticSite, 'handle'>
  identity: IdentityEmulator
  faults: Faults
  siteUrl: string
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** What Netlify lets a function send. */
const LARGEST_ANSWER = 20 * 1024 * 1024
const TOO_LARGE = 'This answer of a function is larger than the 20 MB that Netlify allows.'

/** The store as Netlify serves it: Identity, then functions, then the published files. */
export function createStore({ functions, site, identity, faults, siteUrl }: Options): Hono<Bound> {
  const store = new Hono<Bound>()
  store.use(onlyKnownMethods)
  store.onError(reportUnlessGone)
  store.use('/.netlify/identity/*', faulty(faults, 'identity'))
  store.route('/', identity.routes)
  store.all('*', async (context, next) => {
    const address = context.env.incoming.socket.remoteAddress ?? ''
    const request = await toFunctionRequest(context.req.raw, address)
    await addIdentity(request, identity, siteUrl)
    const answer = isDecodable(request.url) ? await functions.handle(request) : undefined
    return answer ? await asVisitorsSee(answer) : await next()
  })
  store.use(compress())
  store.all('*', ({ req }) => site.handle(new Request(req.url, { method: req.method, headers: req.raw.headers })))
  return store
}

/** Node's Request cannot even be made with another method, such as TRACE. */
async function onlyKnownMethods({ req }: Context<Bound>, next: Next): Promise<Response | undefined> {
  if (!METHODS.includes(req.method)) return new Response(null, { status: 405, headers: { allow: METHODS.join(', ') } })
  await next()
  return undefined
}

/** A visitor who left in the middle of a request reads no answer, and nothing of ours has failed. */
function reportUnlessGone(error: Error, { env }: Context<Bound>): Response {
  if (!env.incoming.socket.destroyed) console.error(error)
  return new Response('Internal Server Error', { status: 500 })
}

/** The function's answer without what Netlify measures of it. */
async function asVisitorsSee(answer: Response): Promise<Response> {
  for (const name of [...answer.headers.keys()]) if (name.startsWith('x-nf-')) answer.headers.delete(name)
  const whole = await wholeAnswer(answer)
  return whole.size > LARGEST_ANSWER ? new Response(TOO_LARGE, { status: 502 }) : whole.response
}
