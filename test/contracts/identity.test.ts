import { beforeEach, describe, expect, it } from 'vitest'
import { createIdentityEmulator, type IdentityEmulator } from '../../local/identity/identity-emulator.ts'
import { type Ledger, openLedger } from '../../local/ledger.ts'

const ada = { email: 'ada@example.com', password: 'correct horse' }
const site = 'http://localhost:8888'
const MINUTE = 60_000

type Mail = { to: string; subject: string; html: string; text: string }

let ledger: Ledger
let identity: IdentityEmulator
let mails: Mail[]
let time: number

function open() {
  const mail = { receive: (received: Mail) => void mails.push(received) }
  return createIdentityEmulator({
    ledger,
    siteUrl: site,
    mail,
    now: () => new Date(time),
    tokenRequestsPer5Minutes: 100,
  })
}

beforeEach(() => {
  time = Date.parse('2026-11-20T10:00:00.000Z')
  mails = []
  ledger = openLedger(':memory:')
  identity = open()
})

async function call(method: string, path: string, init: { body?: unknown; token?: string; referer?: string } = {}) {
  const { body, token, referer } = init
  const headers = new Headers()
  if (token) headers.set('authorization', `Bearer ${token}`)
  if (referer) headers.set('referer', referer)
  const isForm = body instanceof URLSearchParams
  const content = body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }
  const response = await identity.routes.request(`/.netlify/identity${path}`, { method, headers, ...content })
  const text = await response.text()
  return { status: response.status, body: text && JSON.parse(text) }
}

function tokenIn(mail: Mail | undefined): string {
  return /_token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
}

function signIn({ email, password } = ada) {
  return call('POST', '/token', { body: new URLSearchParams({ grant_type: 'password', username: email, password }) })
}

function refresh(refresh_token: string) {
  return call('POST', '/token', { body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }) })
}

async function register(user = ada) {
  await call('POST', '/signup', { body: user })
  const { body } = await call('POST', '/verify', { body: { type: 'signup', token: tokenIn(mails.at(-1)) } })
  return body as { access_token: string; refresh_token: string }
}

function claimsOf(token: string) {
  const [header, payload] = token.split('.', 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
  return { header, payload }
}

describe('GET /settings', () => {
  it('says that addresses must be confirmed', async () => {
    const { body } = await call('GET', '/settings')
    expect(body).toMatchObject({ autoconfirm: false, disable_signup: false, external: { email: true, google: false } })
  })
})

describe('POST /signup', () => {
  it('answers the user without confirmed_at and without secrets', async () => {
    const { status, body } = await call('POST', '/signup', { body: { ...ada, data: { full_name: 'Ada' } } })
    const at = '2026-11-20T10:00:00.000Z'
    expect(status).toBe(200)
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      aud: '',
      role: '',
      email: ada.email,
      confirmation_sent_at: at,
      app_metadata: { provider: 'email' },
      user_metadata: { full_name: 'Ada' },
      created_at: at,
      updated_at: at,
    })
    expect(JSON.stringify(ledger.list('identity_accounts'))).not.toContain(ada.password)
  })

  it('mails a link to the site', async () => {
    await call('POST', '/signup', { body: ada })
    expect(mails).toHaveLength(1)
    expect(mails[0]?.to).toBe(ada.email)
    const link = `${site}/#confirmation_token=${tokenIn(mails[0])}`
    expect(mails[0]?.html).toContain(`<a href="${link}">`)
    expect(mails[0]?.text).toContain(link)
  })

  it('leads back to the page that asked, if that is on the site', async () => {
    await call('POST', '/signup', { body: ada, referer: `${site}/purchases/?a=b` })
    expect(mails[0]?.text).toContain(`${site}/purchases/?a=b#confirmation_token=`)
    await call('POST', '/signup', { body: { ...ada, email: 'eve@example.com' }, referer: 'https://evil.example/x' })
    expect(mails[1]?.text).toContain(`${site}/#confirmation_token=`)
  })

  it('keeps the old password of an unconfirmed address, and mails it once in 15 minutes', async () => {
    await call('POST', '/signup', { body: ada })
    expect((await call('POST', '/signup', { body: { ...ada, password: 'stolen' } })).status).toBe(200)
    expect(mails).toHaveLength(1)
    time += 15 * MINUTE + 1
    await call('POST', '/signup', { body: { ...ada, password: 'stolen' } })
    expect(mails).toHaveLength(2)
    await call('POST', '/verify', { body: { type: 'signup', token: tokenIn(mails[1]) } })
    expect((await signIn({ ...ada, password: 'stolen' })).status).toBe(400)
    expect((await signIn()).status).toBe(200)
  })

  it('refuses a confirmed address, in whatever case', async () => {
    await register()
    const { status, body } = await call('POST', '/signup', { body: { ...ada, email: 'ADA@example.com' } })
    expect(status).toBe(400)
    expect(body).toEqual({ code: 400, msg: 'A user with this email address has already been registered' })
  })

  it.each([
    [{ ...ada, password: '' }, 422],
    [{ ...ada, email: 'ada' }, 422],
    [{ ...ada, email: 5 }, 400],
  ])('refuses %j', async (body, status) => {
    expect(await call('POST', '/signup', { body })).toMatchObject({ status, body: { code: status } })
    expect(mails).toEqual([])
  })
})

describe('POST /verify', () => {
  it('confirms once and signs in', async () => {
    await call('POST', '/signup', { body: ada })
    const body = { type: 'signup', token: tokenIn(mails[0]) }
    const { status, body: session } = await call('POST', '/verify', { body })
    expect(status).toBe(200)
    expect(session).toMatchObject({ token_type: 'bearer', expires_in: 3600 })
    const user = await call('GET', '/user', { token: session.access_token })
    expect(user.body.confirmed_at).toBe('2026-11-20T10:00:00.000Z')
    expect(await call('POST', '/verify', { body })).toMatchObject({
      status: 404,
      body: { code: 404, msg: 'User not found' },
    })
  })

  it('refuses a link of yesterday, a missing token and another type', async () => {
    await call('POST', '/signup', { body: ada })
    time += 24 * 60 * MINUTE + 1
    const token = tokenIn(mails[0])
    expect((await call('POST', '/verify', { body: { type: 'signup', token } })).status).toBe(422)
    expect((await call('POST', '/verify', { body: { type: 'signup' } })).status).toBe(422)
    expect((await call('POST', '/verify', { body: { type: 'magic', token } })).status).toBe(422)
  })
})

describe('POST /token', () => {
  it('does not sign in an unconfirmed account', async () => {
    await call('POST', '/signup', { body: ada })
    expect(await signIn()).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Email not confirmed' },
    })
  })

  it('does not tell a wrong password from an unknown address', async () => {
    await register()
    const wrong = await signIn({ ...ada, password: 'wrong' })
    expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await signIn({ ...ada, email: 'eve@example.com' })).toEqual(wrong)
  })

  it('gives a JWT of one hour with exactly the claims of Netlify', async () => {
    await register()
    const { header, payload } = claimsOf((await signIn()).body.access_token)
    expect(header).toEqual({ alg: 'HS256', kid: 'nf-ident', typ: 'JWT' })
    expect(payload).toEqual({
      sub: expect.any(String),
      exp: time / 1000 + 3600,
      aud: '',
      email: ada.email,
      app_metadata: { provider: 'email' },
      user_metadata: {},
    })
  })

  it('rotates a refresh token, which is good for one use', async () => {
    const first = await register()
    const second = await refresh(first.refresh_token)
    expect(second.status).toBe(200)
    expect(second.body.refresh_token).not.toBe(first.refresh_token)
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await refresh(second.body.refresh_token)).status).toBe(200)
  })

  it('refuses a refresh token after 30 days, an unknown one, and other grants', async () => {
    const { refresh_token } = await register()
    time += 30 * 24 * 60 * MINUTE + 1
    expect((await refresh(refresh_token)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'Refresh token expired',
    })
    expect((await refresh('x')).body.error).toBe('invalid_grant')
    expect((await refresh('')).body.error).toBe('invalid_request')
    expect((await call('POST', '/token', { body: new URLSearchParams() })).body).toEqual({
      error: 'unsupported_grant_type',
    })
  })

  it('is limited to 30 requests of a client in 5 minutes', async () => {
    identity = createIdentityEmulator({ ledger, siteUrl: site, mail: { receive() {} }, now: () => new Date(time) })
    const answers = []
    for (let i = 0; i < 31; i++) answers.push((await refresh('x')).status)
    expect(answers.filter((status) => status === 400)).toHaveLength(30)
    expect(answers.at(-1)).toBe(429)
    time += 5 * MINUTE
    expect((await refresh('x')).status).toBe(400)
  })
})

describe('/user', () => {
  it('needs a live token of this site', async () => {
    const { access_token } = await register()
    expect((await call('GET', '/user')).status).toBe(401)
    const [header, , signature] = access_token.split('.')
    const forged = Buffer.from(JSON.stringify({ ...claimsOf(access_token).payload, email: 'eve@example.com' }))
    expect(
      (await call('GET', '/user', { token: `${header}.${forged.toString('base64url')}.${signature}` })).status,
    ).toBe(401)
    time += 60 * MINUTE
    expect(await call('GET', '/user', { token: access_token })).toMatchObject({ status: 401, body: { code: 401 } })
  })

  it('changes password and data, and removes data set to null', async () => {
    const { access_token: token } = await register()
    await call('PUT', '/user', { token, body: { password: 'battery staple', data: { a: 1, b: 2 } } })
    const { body } = await call('PUT', '/user', { token, body: { data: { a: null } } })
    expect(body.user_metadata).toEqual({ b: 2 })
    expect((await signIn()).status).toBe(400)
    expect((await signIn({ ...ada, password: 'battery staple' })).status).toBe(200)
  })

  it('does not let users give themselves roles', async () => {
    const { access_token: token } = await register()
    const { status } = await call('PUT', '/user', { token, body: { app_metadata: { roles: ['admin'] } } })
    expect(status).toBe(401)
    expect((await call('GET', '/user', { token })).body.app_metadata).toEqual({ provider: 'email' })
  })

  it('changes the address when the new one has confirmed', async () => {
    const { access_token: token } = await register()
    const asked = await call('PUT', '/user', { token, body: { email: 'countess@example.com' } })
    expect(asked.body).toMatchObject({ email: ada.email, new_email: 'countess@example.com' })
    expect(mails.at(-1)?.to).toBe('countess@example.com')
    const wrong = await call('PUT', '/user', { token, body: { email_change_token: 'wrong' } })
    expect(wrong.status).toBe(401)
    const right = await call('PUT', '/user', { token, body: { email_change_token: tokenIn(mails.at(-1)) } })
    expect(right.body.email).toBe('countess@example.com')
    expect(right.body.new_email).toBeUndefined()
    expect((await call('PUT', '/user', { token, body: { email_change_token: tokenIn(mails.at(-1)) } })).status).toBe(
      401,
    )
  })

  it('does not change to the address of somebody else', async () => {
    await register({ email: 'eve@example.com', password: 'x' })
    const { access_token: token } = await register()
    expect((await call('PUT', '/user', { token, body: { email: 'eve@example.com' } })).status).toBe(422)
  })
})

describe('POST /recover', () => {
  it('says nothing about an unknown address', async () => {
    expect(await call('POST', '/recover', { body: { email: 'eve@example.com' } })).toEqual({ status: 200, body: {} })
    expect(mails).toEqual([])
  })

  it('mails a link once in 15 minutes, which signs in once', async () => {
    await register()
    const ask = () => call('POST', '/recover', { body: { email: ada.email } })
    expect(await ask()).toEqual({ status: 200, body: {} })
    expect((await ask()).status).toBe(429)
    const token = tokenIn(mails.at(-1))
    expect(mails.at(-1)?.text).toContain(`${site}/#recovery_token=${token}`)
    expect((await call('POST', '/verify', { body: { type: 'recovery', token } })).status).toBe(200)
    expect((await call('POST', '/verify', { body: { type: 'recovery', token } })).status).toBe(404)
    time += 15 * MINUTE + 1
    expect((await ask()).status).toBe(200)
  })

  it('proves the address of an unconfirmed account', async () => {
    await call('POST', '/signup', { body: ada })
    await call('POST', '/recover', { body: { email: ada.email } })
    await call('POST', '/verify', { body: { type: 'recovery', token: tokenIn(mails.at(-1)) } })
    expect((await signIn()).status).toBe(200)
  })
})

describe('POST /logout', () => {
  it('ends every session of the user and no other', async () => {
    const eve = await register({ email: 'eve@example.com', password: 'x' })
    const first = await register()
    const second = (await signIn()).body
    expect(await call('POST', '/logout', { token: first.access_token })).toEqual({ status: 204, body: '' })
    expect((await refresh(first.refresh_token)).status).toBe(400)
    expect((await refresh(second.refresh_token)).status).toBe(400)
    expect((await refresh(eve.refresh_token)).status).toBe(200)
    expect((await call('POST', '/logout')).status).toBe(401)
  })
})

describe('/admin/users', () => {
  it('is closed to users, also to those with the role admin in app_metadata', async () => {
    const { access_token: token } = await register()
    expect(await call('GET', '/admin/users', { token })).toMatchObject({
      status: 401,
      body: { msg: 'User not allowed' },
    })
    expect((await call('GET', '/admin/users')).status).toBe(401)
  })

  it('pages through the users, newest first', async () => {
    const token = await identity.operatorToken()
    for (const name of ['a', 'b', 'c']) {
      await call('POST', '/admin/users', {
        token,
        body: { email: `${name}@example.com`, password: 'x', confirm: true },
      })
    }
    const { body } = await call('GET', '/admin/users?page=2&per_page=2', { token })
    expect(body.aud).toBe('')
    expect(body.users.map(({ email }: { email: string }) => email)).toEqual(['a@example.com'])
    expect((await call('GET', '/admin/users?page=0', { token })).status).toBe(400)
  })

  it('ends with the sessions of a deleted user', async () => {
    const { access_token, refresh_token } = await register()
    const token = await identity.operatorToken()
    const { sub } = claimsOf(access_token).payload
    expect(await call('DELETE', `/admin/users/${sub}`, { token })).toEqual({ status: 200, body: {} })
    expect((await refresh(refresh_token)).status).toBe(400)
    expect((await call('GET', '/user', { token: access_token })).status).toBe(404)
    expect((await call('GET', `/admin/users/${sub}`, { token })).status).toBe(404)
    expect((await call('GET', '/admin/users/7', { token })).status).toBe(400)
  })
})

describe('the services page', () => {
  const press = (action: string, id: string, headers = {}) =>
    identity.peopleRoutes.request(`/people/identity/${action}`, {
      method: 'POST',
      body: new URLSearchParams({ id }),
      headers,
    })

  it('confirms, makes admin and deletes', async () => {
    expect(identity.panel()).toContain('Nobody has signed up yet')
    const { body } = await call('POST', '/signup', { body: { ...ada, email: '"&"@example.com' } })
    expect(identity.panel()).toContain('&quot;&amp;&quot;@example.com')
    expect(identity.panel()).toContain('not confirmed')
    const answer = await press('confirm', body.id)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/')
    await press('make-admin', body.id)
    const { access_token } = (await signIn({ ...ada, email: body.email })).body
    expect(await identity.userOf(access_token)).toMatchObject({ app_metadata: { roles: ['admin'] } })
    await press('delete', body.id)
    expect(identity.panel()).toContain('Nobody has signed up yet')
    expect((await press('delete', body.id)).status).toBe(404)
  })

  it('refuses a form that another site posts', async () => {
    const { body } = await call('POST', '/signup', { body: ada })
    expect((await press('confirm', body.id, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await signIn()).status).toBe(400)
  })
})

describe('a restart', () => {
  it('keeps users, sessions and the key of the tokens', async () => {
    const { access_token, refresh_token } = await register()
    identity = open()
    expect((await call('GET', '/user', { token: access_token })).status).toBe(200)
    expect((await refresh(refresh_token)).status).toBe(200)
    expect(await identity.userOf('a.b.c')).toBeUndefined()
  })
})

describe('any other path', () => {
  it('is answered as GoTrue does, not as a page', async () => {
    expect(await call('GET', '/authorize?provider=google')).toEqual({
      status: 404,
      body: { code: 404, msg: 'Not found' },
    })
  })
})
