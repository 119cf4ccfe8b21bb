import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import {
  AuthError,
  admin,
  getSettings,
  getUser,
  login,
  logout,
  refreshSession,
  requestPasswordRecovery,
  signup,
} from '@netlify/identity'
import { SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createIdentityEmulator, type IdentityEmulator } from '../../local/identity/identity-emulator.ts'
import { type Ledger, openLedger } from '../../local/ledger.ts'
import { createMailEmulator, type MailEmulator } from '../../local/mail/mail-emulator.ts'

const email = 'ada@example.com'
const password = 'correct horse'

let ledger: Ledger
let mail: MailEmulator
let identity: IdentityEmulator
let server: ReturnType<typeof serve>
let site: string
let clock: number
let cookies: Map<string, string>

/** What the platform gives a function: the request's cookies, and an identity if there is one. */
function enterFunction(context?: { token: string; user: object }) {
  const jar = {
    get: (name: string) => cookies.get(name),
    set: ({ name, value }: { name: string; value: string }) => void cookies.set(name, value),
    delete: (name: string) => void cookies.delete(name),
  }
  vi.stubGlobal('Netlify', { context: { url: site, cookies: jar } })
  vi.stubGlobal('netlifyIdentityContext', context && { ...context, url: `${site}/.netlify/identity` })
}

/** Follows the link of the newest mail, as the page does that it opens. */
async function followLink(type: 'signup' | 'recovery') {
  const [{ to, text }] = await (await mail.routes.request('/mail.json')).json()
  const token = /#(?:confirmation|recovery)_token=([\w-]+)/.exec(text)?.[1]
  const verify = new URL('/.netlify/identity/verify', site)
  const answer = await fetch(verify, { method: 'POST', body: JSON.stringify({ type, token }) })
  expect(answer.status).toBe(200)
  return { to, session: await answer.json() }
}

beforeAll(async () => {
  // One origin for the whole file: the library remembers the first that it saw.
  await new Promise<void>((ready) => {
    server = serve({ fetch: (request) => identity.routes.fetch(request), port: 0, hostname: '127.0.0.1' }, () =>
      ready(),
    )
  })
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => new Promise((closed) => server.close(closed)))

beforeEach(() => {
  clock = 0
  cookies = new Map()
  ledger = openLedger(':memory:')
  const now = () => new Date(Date.now() + clock)
  mail = createMailEmulator({ ledger, now })
  identity = createIdentityEmulator({ ledger, siteUrl: site, mail, now })
  vi.spyOn(console, 'warn').mockReturnValue()
  enterFunction()
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  ledger.close()
})

describe('@netlify/identity in a function', () => {
  it('goes from sign-up to sign-out', async () => {
    const registered = await signup(email, password, { full_name: 'Ada' })
    expect(registered).toMatchObject({ email, name: 'Ada', provider: 'email', confirmedAt: undefined })
    await expect(login(email, password)).rejects.toMatchObject({
      name: 'AuthError',
      status: 400,
      message: 'Email not confirmed',
    })
    expect((await followLink('signup')).to).toEqual([email])

    const user = await login(email, password)
    expect(user.confirmedAt).toBeDefined()
    expect(await getUser()).toMatchObject({ id: registered.id, email, roles: undefined })

    const refresh = cookies.get('nf_refresh')
    await logout()
    expect(await getUser()).toBeNull()
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refresh ?? '' })
    expect((await fetch(`${site}/.netlify/identity/token`, { method: 'POST', body })).status).toBe(400)
  })

  it('refuses a known address and a wrong password', async () => {
    await signup(email, password)
    await followLink('signup')
    await expect(signup(email, password)).rejects.toThrow('already been registered')
    await expect(login(email, 'wrong')).rejects.toBeInstanceOf(AuthError)
    expect(await getUser()).toBeNull()
  })

  it('refreshes a session that ends within a minute, once', async () => {
    await signup(email, password)
    await followLink('signup')
    clock = -3570_000
    await login(email, password)
    clock = 0
    const used = new Map(cookies)
    const token = await refreshSession()
    expect(token).toBe(cookies.get('nf_jwt'))
    expect(cookies.get('nf_refresh')).not.toBe(used.get('nf_refresh'))
    expect(await getUser()).toMatchObject({ email })
    cookies = used
    expect(await refreshSession()).toBeNull()
    expect(cookies.size).toBe(0)
  })

  it('does not take a forged cookie for a user', async () => {
    const { id } = await signup(email, password)
    await followLink('signup')
    const claims = {
      sub: id,
      exp: 4_102_444_800,
      aud: '',
      email,
      app_metadata: { roles: ['admin'] },
      user_metadata: {},
    }
    const forged = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'nf-ident', typ: 'JWT' })
    cookies.set('nf_jwt', await forged.sign(new TextEncoder().encode('a key that is not of this site!!')))
    expect(await getUser()).toBeNull()
    await login(email, password)
    expect(await getUser()).toMatchObject({ id, roles: undefined })
  })

  it('asks for a password recovery, once in 15 minutes', async () => {
    await signup(email, password)
    await followLink('signup')
    await requestPasswordRecovery('nobody@example.com')
    await requestPasswordRecovery(email)
    await expect(requestPasswordRecovery(email)).rejects.toThrow('Rate limit exceeded')
    const { session } = await followLink('recovery')
    expect(await identity.userOf(session.access_token)).toMatchObject({ email })
  })

  it('reads the settings', async () => {
    expect(await getSettings()).toMatchObject({
      autoconfirm: false,
      disableSignup: false,
      providers: { email: true, github: false },
    })
  })

  it('administers users with the token of the platform', async () => {
    enterFunction({ token: await identity.operatorToken(), user: { sub: '1', email } })
    const app_metadata = { roles: ['admin'] }
    const created = await admin.createUser({ email, password, data: { app_metadata } })
    expect(created).toMatchObject({ email, roles: undefined })
    expect(created.confirmedAt).toBeDefined()
    expect((await admin.updateUser(created.id, { app_metadata })).roles).toEqual(['admin'])
    expect(await admin.getUser(created.id)).toMatchObject({ roles: ['admin'], provider: 'email' })
    expect((await admin.listUsers()).map(({ id }) => id)).toEqual([created.id])
    await admin.deleteUser(created.id)
    expect(await admin.listUsers({ page: 1, perPage: 10 })).toEqual([])
  })

  it('falls back to the claims when the platform passes its own token', async () => {
    const user = { sub: 'some-id', email, app_metadata: { roles: ['admin'] } }
    enterFunction({ token: await identity.operatorToken(), user })
    const found = await getUser()
    expect(found).toMatchObject({ id: 'some-id', email, roles: ['admin'] })
    expect(found?.confirmedAt).toBeUndefined()
  })
})
