import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toFunctionRequest } from '../../local/function-request.ts'
import { type LocalFunctions, startFunctions } from '../../local/functions.ts'
import { expectErrors } from '../support/quiet.ts'

const SOURCES = {
  'echo.mjs': `
    let calls = 0
    export default async (request, context) => {
      const body = Buffer.from(await request.arrayBuffer()).toString('hex')
      return Response.json({ method: request.method, body, ip: context.ip, calls: ++calls, spoofed: context.site.id })
    }
    export const config = { path: '/echo' }`,
  'bytes.mjs': `
    export default async () => new Response(Buffer.from([0, 255, 128, 10]), { headers: { 'content-type': 'font/woff2' } })
    export const config = { path: '/bytes' }`,
  'mood-background.mjs': `
    import { appendFile, readFile } from 'node:fs/promises'
    export default async (request) => {
      const { log, failures } = await request.json()
      await appendFile(log, 'x')
      if ((await readFile(log, 'utf8')).length <= failures) throw new Error('not yet')
      return new Response('an answer of 500 is not a throw', { status: 500 })
    }`,
  'clock.mjs': `
    import { appendFile } from 'node:fs/promises'
    export default async (request) => {
      const seen = { userAgent: request.headers.get('user-agent'), ...(await request.json()) }
      await appendFile(process.env.CLOCK_LOG, JSON.stringify(seen) + '\\n')
    }
    export const config = { schedule: '* * * * *' }`,
}

/** A clock that stands still until the test lets a wait end. */
function manualClock() {
  const waits: { ms: number; end: () => void }[] = []
  const heard: (() => void)[] = []
  const sleep = (ms: number, { signal }: { signal: AbortSignal }) =>
    new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      waits.push({ ms, end: resolve })
      for (const tell of heard.splice(0)) tell()
    })
  const next = async (matches: (ms: number) => boolean) => {
    for (;;) {
      const index = waits.findIndex(({ ms }) => matches(ms))
      if (index >= 0) return waits.splice(index, 1)[0]
      await new Promise<void>((resolve) => heard.push(resolve))
    }
  }
  return { sleep, next }
}

const clock = manualClock()
let folder: string
let functions: LocalFunctions

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-functions-'))
  for (const [name, source] of Object.entries(SOURCES)) await writeFile(join(folder, name), source)
  process.env.CLOCK_LOG = join(folder, 'clock.log')
  functions = await startFunctions({
    directory: folder,
    buildDirectory: join(folder, 'packaged'),
    blobs: {
      siteID: 'local',
      token: 'token',
      edgeURL: 'http://localhost:1',
      deployID: '0',
      primaryRegion: 'us-east-2',
    },
    origin: 'http://localhost:1',
    sleep: clock.sleep,
  })
})
afterAll(async () => {
  await functions.stop(5_000)
  await rm(folder, { recursive: true })
})

const call = async (path: string, init?: RequestInit) =>
  functions.handle(await toFunctionRequest(new Request(`http://localhost:1${path}`, init), '203.0.113.9'))

const callsIn = async (log: string) => (await readFile(log, 'utf8').catch(() => '')).length

describe('startFunctions', () => {
  it('knows which addresses are none of its own', async () => {
    expect(await call('/elsewhere')).toBeUndefined()
    expect(await call('/.netlify/functions/unknown')).toBeUndefined()
    expect(await call('/.netlify/functions/echo')).toBeUndefined()
  })

  it('answers 16 calls at once, each in a fresh instance', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, () => call('/echo')))
    expect(answers.map((answer) => answer?.status)).toEqual(answers.map(() => 200))
    const bodies = await Promise.all(answers.map((answer) => answer?.json()))
    expect(new Set(bodies.map(({ calls }) => calls))).toEqual(new Set([1]))
  })

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/problem+json',
  ])('passes text of the type %s as it is', async (type) => {
    const sent = Buffer.from('{"a":"ü😀"}')
    const answer = await call('/echo', { method: 'POST', body: sent, headers: { 'content-type': type } })
    expect(await answer?.json()).toMatchObject({ body: sent.toString('hex') })
  })

  it.each(['application/octet-stream', 'application/zip', 'multipart/form-data; boundary=x', undefined])(
    'passes bytes of the type %s as they are',
    async (type) => {
      const sent = Buffer.from([0, 255, 128, 10, 13, 0])
      const headers: HeadersInit = type === undefined ? {} : { 'content-type': type }
      const answer = await call('/echo', { method: 'POST', body: sent, headers })
      expect(await answer?.json()).toMatchObject({ body: '00ff800a0d00' })
    },
  )

  it('returns bytes as they are', async () => {
    const answer = await call('/bytes')
    expect(Buffer.from(new Uint8Array((await answer?.arrayBuffer()) ?? [])).toString('hex')).toBe('00ff800a')
  })

  it("takes the visitor's address from the socket, and nothing of the platform's from the visitor", async () => {
    const headers = {
      'x-forwarded-for': '198.51.100.1',
      'x-nf-site-id': 'x',
      'x-nf-client-connection-ip': '198.51.100.2',
    }
    const answer = await (await call('/echo', { headers }))?.json()
    expect(answer).toMatchObject({ ip: '203.0.113.9' })
    expect(answer.spoofed).not.toBe('x')
  })

  it('answers a background call at once, and repeats a throw after 1 and 2 minutes', async () => {
    const told = expectErrors()
    const log = join(folder, 'mood.log')
    const body = JSON.stringify({ log, failures: 9 })
    const headers = { 'content-type': 'application/json' }
    const answer = await call('/.netlify/functions/mood-background', { method: 'POST', body, headers })
    expect(answer?.status).toBe(202)
    const first = await clock.next((ms) => ms === 60_000)
    expect(await callsIn(log)).toBe(1)
    first?.end()
    const second = await clock.next((ms) => ms === 120_000)
    expect(await callsIn(log)).toBe(2)
    second?.end()
    await expect.poll(() => told.length, { timeout: 5_000 }).toBe(3)
    expect(await callsIn(log)).toBe(3)
  })

  it('does not let visitors call a scheduled function', async () => {
    expect(await call('/.netlify/functions/clock', { method: 'POST' })).toBeUndefined()
  })

  it('ticks a schedule at its minutes, in the words of Netlify', async () => {
    const tick = await clock.next((ms) => ms <= 61_000 && ms !== 60_000)
    tick?.end()
    const again = await clock.next((ms) => ms <= 61_000 && ms !== 60_000)
    expect(again?.ms).toBeGreaterThan(0)
    const log = join(folder, 'clock.log')
    await expect.poll(() => callsIn(log), { timeout: 5_000 }).toBeGreaterThan(0)
    const seen = JSON.parse((await readFile(log, 'utf8')).split('\n')[0] ?? '')
    expect(seen).toEqual({ userAgent: 'Netlify Clockwork', next_run: expect.stringMatching(/T\d\d:\d\d:00\.000Z$/) })
  })
})
