import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFaults } from '../../local/faults.ts'
import { createIdentityEmulator, type IdentityEmulator } from '../../local/identity/identity-emulator.ts'
import { openLedger } from '../../local/ledger.ts'
import { type Listener, listen } from '../../local/listen.ts'
import { type StaticSite, startStaticSite } from '../../local/static-site.ts'
import { createStore } from '../../local/store.ts'

const FILES = {
  'netlify.toml': '[build]\n  publish = "dist/site"\n[[redirects]]\n  from = "/old"\n  to = "/new/"\n  status = 301\n',
  'dist/site/_redirects': '/store/map/ /gone/map/ 410\n/store/tome/ /store/book/ 301\n',
  'dist/site/gone/map/index.html': '<!doctype html><p>No longer for sale</p>',
  'dist/site/_headers': '/*\n  X-Frame-Options: DENY\n',
  'dist/site/index.html': `<!doctype html><p>${'Welcome. '.repeat(300)}</p>`,
  'dist/site/404.html': '<!doctype html><p>Nothing here</p>',
}

const ledger = openLedger(':memory:')
const faults = createFaults()
const mails: { text: string }[] = []
let folder: string
let site: StaticSite
let identity: IdentityEmulator
let listener: Listener
let url: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-store-'))
  await mkdir(join(folder, 'dist/site/gone/map'), { recursive: true })
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text)
  site = await startStaticSite(folder)
  const mail = { receive: (one: { text: string }) => void mails.push(one) }
  identity = createIdentityEmulator({ ledger, siteUrl: 'http://localhost:8888', mail })
  const store = createStore({
    functions: { handle: echo, stop: async () => {} },
    site,
    identity,
    faults,
    siteUrl: 'http://store',
  })
  listener = await listen(0, (request, bindings) => store.fetch(request, bindings))
  url = `http://localhost:${listener.port}`
})
afterAll(async () => {
  await listener.close()
  await site.stop()
  ledger.close()
  await rm(folder, { recursive: true })
})

/** Stands where the functions are: /echo answers with the headers that a function would see. */
async function echo(request: Request): Promise<Response | undefined> {
  if (request.url.endsWith('/file')) return new Response(null, { headers: { 'content-length': '5' } })
  if (request.url.endsWith('/none')) return new Response(null, { status: 204 })
  if (request.url.endsWith('/huge')) return new Response(new Uint8Array(20 * 1024 * 1024 + 1))
  if (!request.url.endsWith('/echo')) return undefined
  const seen = Object.fromEntries(request.headers)
  return Response.json(seen, { headers: { 'x-nf-invocation-metadata': 'x', 'x-kept': 'y' } })
}

describe('createStore', () => {
  it('lets Identity go wrong as was asked for', async () => {
    faults.put({ service: 'identity', mode: '500', count: 1 })
    const settings = () => fetch(`${url}/.netlify/identity/settings`)
    const failed = await settings()
    expect([failed.status, await failed.json()]).toEqual([500, { code: 500, msg: 'An error that was asked for' }])
    expect((await settings()).status).toBe(200)
  })

  it('serves pages with the headers of _headers, compressed when asked', async () => {
    const answer = await fetch(`${url}/`, { headers: { 'accept-encoding': 'gzip' } })
    expect([answer.status, answer.headers.get('x-frame-options')]).toEqual([200, 'DENY'])
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(await answer.text()).toBe(FILES['dist/site/index.html'])
  })

  it('answers HEAD without a body', async () => {
    const answer = await fetch(`${url}/`, { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  it('answers 404 with the page that the shop made for it', async () => {
    const answer = await fetch(`${url}/nowhere`)
    expect([answer.status, answer.headers.get('x-frame-options')]).toEqual([404, 'DENY'])
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(await answer.text()).toContain('Nothing here')
  })

  it('answers 410 with the page of its own for what is gone, and leads from earlier addresses on', async () => {
    for (const path of ['/store/map/', '/store/map']) {
      const answer = await fetch(url + path)
      expect([answer.status, await answer.text()]).toEqual([410, FILES['dist/site/gone/map/index.html']])
      expect(answer.headers.get('x-frame-options')).toBe('DENY')
    }
    const moved = await fetch(`${url}/store/tome/`, { redirect: 'manual' })
    expect([moved.status, moved.headers.get('location')]).toEqual([301, `${url}/store/book/`])
  })

  it('redirects as netlify.toml says', async () => {
    const answer = await fetch(`${url}/old`, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([301, `${url}/new/`])
  })

  it("gives functions the socket's address, and keeps the platform's headers from visitors", async () => {
    const answer = await fetch(`${url}/echo`, {
      headers: { 'x-forwarded-for': '1.2.3.4', 'x-nf-identity-info': 'forged' },
    })
    const seen = await answer.json()
    expect(seen['x-forwarded-for']).toMatch(/^(127\.0\.0\.1|::1)$/)
    expect(seen).not.toHaveProperty('x-nf-identity-info')
    expect([answer.headers.get('x-nf-invocation-metadata'), answer.headers.get('x-kept')]).toEqual([null, 'y'])
  })

  it('passes an answer without a body as it is', async () => {
    const head = await fetch(`${url}/file`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '5'])
    expect((await fetch(`${url}/none`)).status).toBe(204)
  })

  it('refuses an answer that Netlify would not let pass', async () => {
    expect((await fetch(`${url}/huge`)).status).toBe(502)
  })

  it('tells functions who is signed in, and does not believe a forged token', async () => {
    const identityOf = async (token: string) => {
      const answer = await fetch(`${url}/echo`, { headers: { cookie: `a=b; nf_jwt=${token}` } })
      const info = (await answer.json())['x-nf-identity-info']
      return info && JSON.parse(Buffer.from(info, 'base64').toString())
    }
    const token = await signIn()
    expect(await identityOf(token)).toMatchObject({
      url: 'http://store/.netlify/identity',
      user: { email: 'ada@example.com' },
    })
    expect(await identityOf(`${token}AAAA`)).toBeUndefined()
  })

  it('answers on both loopback addresses, so that nobody else can take one of them', async () => {
    expect((await fetch(`http://127.0.0.1:${listener.port}/`)).status).toBe(200)
    await expect(listen(listener.port, () => new Response())).rejects.toThrow(`port ${listener.port} is already in use`)
  })
})

async function signIn(): Promise<string> {
  const post = (path: string, body: unknown) =>
    fetch(`${url}/.netlify/identity${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  await post('/signup', { email: 'ada@example.com', password: 'a long password' })
  const token = /confirmation_token=([\w-]+)/.exec(mails[0]?.text ?? '')?.[1]
  const answer = await post('/verify', { type: 'signup', token })
  return (await answer.json()).access_token
}
