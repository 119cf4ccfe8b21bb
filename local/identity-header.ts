import type { IdentityEmulator } from './identity/identity-emulator.ts'

/**
 * Adds what Netlify tells a function about a signed-in visitor: the claims of a valid token, from the header or the cookie, and
 * the platform's own token. Call it after the visitor's own `x-nf-*` headers were removed.
 */
export async function addIdentity(request: Request, identity: IdentityEmulator, siteUrl: string): Promise<void> {
  const token = bearerOf(request) ?? cookieOf(request)
  const user = token && (await identity.userOf(token))
  if (!user) return
  const info = { url: `${siteUrl}/.netlify/identity`, token: await identity.operatorToken(), user }
  request.headers.set('x-nf-identity-info', Buffer.from(JSON.stringify(info)).toString('base64'))
}

function bearerOf(request: Request): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
}

function cookieOf(request: Request): string | undefined {
  return /(?:^|;\s*)nf_jwt=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1]
}
