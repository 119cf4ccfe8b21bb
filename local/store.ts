import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { toFunctionRequest } from './function-request.ts'
import type { LocalFunctions } from './functions.ts'
import type { IdentityEmulator } from './identity/identity-emulator.ts'
import { addIdentity } from './identity-header.ts'
import type { StaticSite } from './static-site.ts'

type Bound = { Bindings: HttpBindings }
type Options = { functions: LocalFunctions; site: StaticSite; identity: IdentityEmulator; siteUrl: string }

/** The store as Netlify serves it: Identity, then functions, then the published files. */
export function createStore({ functions, site, identity, siteUrl }: Options): Hono<Bound> {
  const store = new Hono<Bound>()
  store.route('/', identity.routes)
  store.all('*', async (context, next) => {
    const address = context.env.incoming.socket.remoteAddress ?? ''
    const request = await toFunctionRequest(context.req.raw, address)
    await addIdentity(request, identity, siteUrl)
    const answer = await functions.handle(request)
    return answer ? asVisitorsSee(answer) : await next()
  })
  store.use(compress())
  store.all('*', ({ req }) => site.handle(new Request(req.url, { method: req.method, headers: req.raw.headers })))
  return store
}

/** Netlify keeps what it measures of a function to itself. */
function asVisitorsSee(answer: Response): Response {
  for (const name of [...answer.headers.keys()]) if (name.startsWith('x-nf-')) answer.headers.delete(name)
  return answer
}
