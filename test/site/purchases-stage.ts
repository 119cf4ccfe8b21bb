import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createIdentityEmulator } from '../../local/identity/identity-emulator.ts'
import { openLedger } from '../../local/ledger.ts'
import { createMailEmulator } from '../../local/mail/mail-emulator.ts'
import { createSampleSite } from './build-sample-site.ts'
import { readHeaders } from './read-headers.ts'
import type { Answer } from './serve-site.ts'

/** What one of the portal's doors is asked; `user` is who the cookie says it is, by Identity's own word. */
export type PortalQuestion = { body: Record<string, unknown>; user: string | null; cookie: string }
/** `null` lets the line go dead. */
export type PortalDoor = (question: PortalQuestion) => Answer | null

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.webp': 'image/webp',
}

export type PurchasesStage = Awaited<ReturnType<typeof openPurchasesStage>>

/**
 * The built pages with their real policy, and the local Identity with its mails, on one origin, as Netlify has them. The portal's doors
 * are the test's: `doors` answers by path. `ahead` is by how many seconds Identity's clock is ahead; `identityDown` takes it away.
 */
export async function openPurchasesStage() {
  const site = await createSampleSite()
  await site.build()
  const everywhere = await readHeaders(site.folder, '/*')
  const own = { ...everywhere, ...(await readHeaders(site.folder, '/purchases/*')) }
  const ledger = openLedger(':memory:')
  const mail = createMailEmulator({ ledger })
  const state = { ahead: 0, identityDown: false, asked: [] as string[] }
  const doors: Record<string, PortalDoor> = {}
  const routes = new Hono()
  const server = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  if (!server.listening) await once(server, 'listening')
  // By this name, as Chromium lets it have secure cookies.
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const now = () => new Date(Date.now() + state.ahead * 1000)
  const identity = createIdentityEmulator({ ledger, siteUrl: url, mail, now, tokenRequestsPer5Minutes: 1_000 })
  routes.use('/.netlify/identity/*', async ({ req }, next) => {
    state.asked.push(`${req.method} ${req.path.slice('/.netlify/identity'.length)}`)
    return state.identityDown ? new Response('upstream', { status: 502 }) : next()
  })
  routes.route('/', identity.routes)
  routes.post('*', async ({ req }) => {
    state.asked.push(req.path)
    const token = /nf_jwt=([^;]+)/.exec(req.header('cookie') ?? '')?.[1]
    const user = token ? ((await identity.userOf(token))?.email ?? null) : null
    const answer = doors[req.path]?.({ body: await req.json(), user, cookie: req.header('cookie') ?? '' })
    if (!answer) throw new Error(`nobody answers ${req.path}`)
    return Response.json(answer.body, { status: answer.status, headers: answer.headers ?? {} })
  })
  routes.get('*', async ({ req }) => {
    const file = join(site.folder, req.path.endsWith('/') ? `${req.path}index.html` : req.path)
    const bytes = await readFile(file).catch(() => null)
    const headers = {
      ...(req.path.startsWith('/purchases/') ? own : everywhere),
      'content-type': TYPES[extname(file)] ?? 'text/plain',
    }
    return new Response(bytes, { status: bytes ? 200 : 404, headers })
  })
  routes.onError(() => new Response(null, { status: 500 }))
  return {
    url,
    state,
    doors,
    /** The link in the newest mail to an address. */
    async mailedLink(to: string): Promise<string> {
      const mails = (await (await mail.routes.request('/mail.json')).json()) as { to: string[]; text: string }[]
      return /https?:\S+/.exec(mails.find((one) => one.to.includes(to))?.text ?? '')?.[0] ?? ''
    },
    async mailCount(): Promise<number> {
      return ((await (await mail.routes.request('/mail.json')).json()) as unknown[]).length
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await mail.stop()
      ledger.close()
      await site.remove()
    },
  }
}
