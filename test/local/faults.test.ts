import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFaultRoutes } from '../../local/fault-routes.ts'
import { createFaults, type FaultBoard } from '../../local/faults.ts'
import { faulty } from '../../local/faulty.ts'

let faults: FaultBoard
let server: Server
let url: string
let work: string[]

beforeEach(async () => {
  faults = createFaults()
  work = []
  const app = new Hono()
  app.route('/', createFaultRoutes(faults))
  app.use('/v1/*', faulty(faults, 'stripe'))
  app.use('/emails', faulty(faults, 'resend'))
  app.all('*', (context) => {
    work.push(context.req.path)
    return context.json({ ok: true })
  })
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const put = (body: unknown) => fetch(`${url}/faults`, { method: 'PUT', body: JSON.stringify(body) })
const codeOf = async (path: string) => {
  const error = await fetch(`${url}${path}`).then(
    () => undefined,
    (reason) => reason,
  )
  return error?.cause?.code
}

describe('PUT /faults', () => {
  it('makes the next requests fail, then lets them through', async () => {
    await put({ service: 'stripe', mode: '500', count: 2 })
    const statuses = [await fetch(`${url}/v1/a`), await fetch(`${url}/v1/b`), await fetch(`${url}/v1/c`)]
    expect(statuses.map(({ status }) => status)).toEqual([500, 500, 200])
    expect(work).toEqual(['/v1/c'])
  })

  it('spares other services and other paths', async () => {
    await put({ service: 'stripe', mode: '500', count: 1, path: '/v1/refunds' })
    expect((await fetch(`${url}/emails`)).status).toBe(200)
    expect((await fetch(`${url}/v1/charges`)).status).toBe(200)
    expect((await fetch(`${url}/v1/refunds/re_1`)).status).toBe(500)
  })

  it('replaces the earlier wish, and count 0 ends it', async () => {
    await put({ service: 'stripe', mode: '500', count: 9 })
    await put({ service: 'stripe', mode: '429', count: 9 })
    const limited = await fetch(`${url}/v1/a`)
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '1'])
    const ended = await put({ service: 'stripe', mode: '429', count: 0 })
    expect(await ended.json()).toEqual({ faults: [] })
    expect((await fetch(`${url}/v1/a`)).status).toBe(200)
  })

  it('ends those of every path when no path is named', async () => {
    await put({ service: 'stripe', mode: 'reset', count: 1, path: '/v1/a' })
    await put({ service: 'resend', mode: 'reset', count: 1 })
    await put({ service: 'stripe', mode: '500', count: 0 })
    expect(faults.list()).toEqual([{ service: 'resend', mode: 'reset', count: 1 }])
  })

  it.each([
    undefined,
    {},
    { service: 'ebay', mode: '500', count: 1 },
    { service: 'stripe', mode: 'drop', count: 1 },
    { service: 'webhook', mode: '500', count: 1 },
    { service: 'webhook', mode: 'drop', count: 1, path: '/x' },
    { service: 'stripe', mode: '500', count: -1 },
    { service: 'stripe', mode: '500', count: 1.5 },
    { service: 'stripe', mode: '500', count: '1' },
    { service: 'stripe', mode: '500', count: 1, path: 'v1' },
    { service: 'stripe', mode: '500', count: 1, times: 2 },
  ])('answers 400 to %j and changes nothing', async (body) => {
    const response = await put(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_input', message: expect.any(String) } })
    expect(faults.list()).toEqual([])
  })
})

describe('faulty', () => {
  it('cuts the connection before the work', async () => {
    faults.put({ service: 'stripe', mode: 'reset', count: 1 })
    expect(await codeOf('/v1/a')).toMatch(/ECONNRESET|UND_ERR_SOCKET/)
    expect(work).toEqual([])
  })

  it('does the work and cuts the connection', async () => {
    faults.put({ service: 'stripe', mode: 'accept_then_reset', count: 1 })
    expect(await codeOf('/v1/a')).toMatch(/ECONNRESET|UND_ERR_SOCKET/)
    expect(work).toEqual(['/v1/a'])
  })

  it('never answers, and does no work after the client has left', async () => {
    faults.put({ service: 'stripe', mode: 'timeout', count: 1 })
    const asked = fetch(`${url}/v1/a`, { signal: AbortSignal.timeout(200) })
    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' })
    expect((await fetch(`${url}/v1/b`)).status).toBe(200)
    expect(work).toEqual(['/v1/b'])
  })

  it('speaks in the words of each vendor', async () => {
    faults.put({ service: 'resend', mode: '429', count: 1 })
    faults.put({ service: 'stripe', mode: '500', count: 1 })
    expect(await (await fetch(`${url}/emails`)).json()).toMatchObject({ statusCode: 429, name: 'rate_limit_exceeded' })
    expect(await (await fetch(`${url}/v1/a`)).json()).toMatchObject({ error: { type: 'api_error' } })
  })

  it('counts webhook faults down too', () => {
    faults.put({ service: 'webhook', mode: 'duplicate', count: 2 })
    expect([faults.takeWebhook(), faults.takeWebhook(), faults.takeWebhook()]).toEqual([
      'duplicate',
      'duplicate',
      undefined,
    ])
  })
})
