import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import {
  getUser,
  handleAuthCallback,
  login,
  logout,
  requestPasswordRecovery,
  signup,
  updateUser,
} from '@netlify/identity'
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
let location: { origin: string; pathname: string; search: string; hash: string }

/** As much of a browser as the library touches. */
function openBrowser() {
  const cookies = new Map<string, string>()
  const stored = new Map<string, string>()
  location = { origin: site, pathname: '/purchases/', search: '', hash: '' }
  vi.stubGlobal('window', { location, addEventListener: () => {} })
  vi.stubGlobal('history', {
    replaceState() {
      location.hash = ''
    },
  })
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  })
  vi.stubGlobal('document', {
    get cookie() {
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    },
    set cookie(assignment: string) {
      const [pair = '', ...attributes] = assignment.split('; ')
      const [name = '', value = ''] = pair.split('=')
      if (attributes.some((attribute) => attribute.startsWith('expires='))) cookies.delete(name)
      else cookies.set(name, value)
    },
  })
}

/** Opens the link of the newest mail and lets the page handle it. */
async function followLink() {
  const [{ to, text }] = await (await mail.routes.request('/mail.json')).json()
  const link = new URL(/https?:\S+/.exec(text)?.[0] ?? '')
  expect(link.origin).toBe(site)
  location.hash = link.hash
  const result = await handleAuthCallback()
  expect(location.hash).toBe('')
  return { to: to[0], result }
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
  ledger = openLedger(':memory:')
  mail = createMailEmulator({ ledger })
  identity = createIdentityEmulator({ ledger, siteUrl: site, mail })
  vi.spyOn(console, 'warn').mockReturnValue()
  openBrowser()
})

afterEach(async () => {
  await logout()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  ledger.close()
})

describe('@netlify/identity in a page', () => {
  it('confirms by the mailed link, which signs in', async () => {
    await signup(email, password)
    expect(await getUser()).toBeNull()
    const { to, result } = await followLink()
    expect(to).toBe(email)
    expect(result).toMatchObject({ type: 'confirmation', user: { email } })
    expect(await getUser()).toMatchObject({ email, provider: 'email' })
    await logout()
    expect(await getUser()).toBeNull()
    expect((await login(email, password)).confirmedAt).toBeDefined()
  })

  it('sets a new password by the mailed link', async () => {
    await signup(email, password)
    await followLink()
    await logout()
    await requestPasswordRecovery(email)
    expect((await followLink()).result?.type).toBe('recovery')
    await updateUser({ password: 'battery staple' })
    await logout()
    await expect(login(email, password)).rejects.toThrow('No user found')
    expect((await login(email, 'battery staple')).email).toBe(email)
  })

  it('changes the address by a link that is mailed to the new one', async () => {
    await signup(email, password)
    await followLink()
    expect(await updateUser({ email: 'countess@example.com' })).toMatchObject({
      email,
      pendingEmail: 'countess@example.com',
    })
    const { to, result } = await followLink()
    expect(to).toBe('countess@example.com')
    expect(result).toMatchObject({ type: 'email_change', user: { email: 'countess@example.com' } })
  })

  it('refuses a link that was used before', async () => {
    await signup(email, password)
    const [{ text }] = await (await mail.routes.request('/mail.json')).json()
    await followLink()
    location.hash = new URL(/https?:\S+/.exec(text)?.[0] ?? '').hash
    await expect(handleAuthCallback()).rejects.toThrow('User not found')
  })
})
