import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { paperTerminal } from './paper-terminal.ts'

type Ask = { at: number; method: string; path: string; headers: IncomingHttpHeaders }

/** A shop of Amazon's on this machine: what each product answers. */
const answers: Record<string, (response: ServerResponse, method: string) => void> = {}
const asked: Ask[] = []
const amazon = createServer((request, response) => {
  const { method = '', url = '', headers } = request
  asked.push({ at: clock, method, path: url, headers })
  const answer = answers[url.split('?')[0] ?? ''] ?? ((open) => void open.writeHead(200).end('A product'))
  answer(response, method)
})
const status =
  (code: number, body = '', headers = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(code, headers).end(body)

let platform: TestPlatform
let folder: string
let clock: number
const realFetch = globalThis.fetch

beforeAll(async () => {
  platform = await startPlatform()
  await once(amazon.listen(0, '127.0.0.1'), 'listening')
})
afterAll(async () => {
  await platform.close()
  amazon.closeAllConnections()
  await new Promise((closed) => amazon.close(closed))
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-links-'))
  clock = Date.parse('2026-11-23T10:00:00Z')
  asked.length = 0
  for (const path of Object.keys(answers)) delete answers[path]
  await platform.rows("delete from products where type = 'affiliate'")
  const { port } = amazon.address() as AddressInfo
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const url = String(input).replace(/^https:\/\/www\.amazon\.(com|de)\//, `http://127.0.0.1:${port}/`)
    return realFetch(url, init)
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

const recommend = (slug: string, asin: string, host = 'www.amazon.com') =>
  platform.rows(
    "insert into products (id, slug, type, status, title, affiliate_url) values ($1, $2, 'affiliate', 'published', 'T', $3)",
    [`prd_${slug}`, slug, `https://${host}/dp/${asin}?tag=tillexample-20`],
  )

/** Runs the command with a clock that only its own pauses move. */
async function check(options = '--json') {
  const paper = paperTerminal()
  const app = Object.assign(platform.app(), {
    now: () => new Date(clock),
    pause: async (ms: number) => {
      clock += ms
      if (options.includes('stop')) paper.stop()
    },
  })
  const code = await runTill(['links', 'check', ...options.split(' ').filter((word) => word === '--json')], {
    commands: COMMANDS,
    terminal: paper.terminal,
    connect: (work) => work({ app, folder }),
  })
  return { code, text: paper.out.join('\n') }
}

async function states() {
  const { code, text } = await check()
  const { links } = JSON.parse(text) as { links: { slug: string; state: string }[] }
  return { code, states: Object.fromEntries(links.map(({ slug, state }) => [slug, state])) }
}

describe('till links check', () => {
  it('calls a link broken when it answers 404 or 410 on two runs in a row, and ends with 1', async () => {
    await recommend('well', 'B000000001')
    await recommend('lost', 'B000000002')
    await recommend('over', 'B000000003')
    answers['/dp/B000000002'] = status(404)
    answers['/dp/B000000003'] = status(410)
    expect(await states()).toEqual({ code: 0, states: { well: 'ok', lost: 'gone', over: 'gone' } })
    expect(await states()).toEqual({ code: 1, states: { well: 'ok', lost: 'broken', over: 'broken' } })
    expect(JSON.parse(await readFile(join(folder, 'link-check.json'), 'utf8'))).toMatchObject({
      'https://www.amazon.com/dp/B000000002?tag=tillexample-20': { times: 2, since: '2026-11-23T10:00:01.000Z' },
    })
  })

  it('starts anew when it was there in between', async () => {
    await recommend('lost', 'B000000002')
    answers['/dp/B000000002'] = status(404)
    await states()
    answers['/dp/B000000002'] = status(200)
    expect((await states()).states).toEqual({ lost: 'ok' })
    answers['/dp/B000000002'] = status(404)
    expect(await states()).toEqual({ code: 0, states: { lost: 'gone' } })
  })

  it.each([
    ['a captcha with 200', status(200, '<title>Robot Check</title>')],
    ['a captcha with 404', status(404, 'Enter the characters you see: captcha')],
    ['503', status(503)],
    ['429', status(429)],
    ['403', status(403)],
    ['500', status(500)],
    ['a way to another host', status(302, '', { location: 'https://signin.example/' })],
    [
      'redirects without end',
      (response: ServerResponse) => status(302, '', { location: response.req.url ?? '' })(response),
    ],
    ['an end of the line', (response: ServerResponse) => void response.destroy()],
  ])('takes %s for unknown: never broken, and never well again', async (_what, answer) => {
    await recommend('lost', 'B000000002')
    answers['/dp/B000000002'] = (response, method) => (method === 'HEAD' ? status(405)(response) : answer(response))
    for (let run = 0; run < 3; run++) expect(await states()).toEqual({ code: 0, states: { lost: 'unknown' } })
    answers['/dp/B000000002'] = status(404)
    expect((await states()).states).toEqual({ lost: 'gone' })
    answers['/dp/B000000002'] = answer
    expect((await states()).states.lost).not.toBe('ok')
    answers['/dp/B000000002'] = status(404)
    expect(await states()).toEqual({ code: 1, states: { lost: 'broken' } })
  })

  it('believes a 404 to GET only: some servers do not know HEAD', async () => {
    await recommend('shyly', 'B000000004')
    answers['/dp/B000000004'] = (response, method) => status(method === 'HEAD' ? 404 : 200)(response)
    expect((await states()).states).toEqual({ shyly: 'ok' })
    expect(asked.map(({ method }) => method)).toEqual(['HEAD', 'GET'])
  })

  it('follows a redirect within the shop', async () => {
    await recommend('moved', 'B000000005')
    answers['/dp/B000000005'] = status(301, '', { location: '/A-Book/dp/B000000005' })
    answers['/A-Book/dp/B000000005'] = status(404)
    expect((await states()).states).toEqual({ moved: 'gone' })
  })

  it('asks each host once a second, says who it is, and carries nothing else', async () => {
    for (let i = 0; i < 4; i++) await recommend(`here-${i}`.replace('-', ''), `B00000001${i}`)
    answers['/dp/B000000011'] = status(404)
    answers['/dp/B000000010'] = status(200, '', { 'set-cookie': 'session=1' })
    await states()
    const times = asked.map(({ at }) => at)
    expect(times.slice(1).map((at, i) => at - (times[i] ?? 0))).toEqual(Array(asked.length - 1).fill(1_000))
    for (const { headers } of asked) {
      expect(headers['user-agent']).toBe(`Till link check (+${platform.siteUrl})`)
      expect([headers.cookie, headers.referer, headers.authorization]).toEqual([undefined, undefined, undefined])
    }
  })

  it('asks nobody about drafts, retired products and our own', async () => {
    await recommend('draft', 'B000000006')
    await platform.rows("update products set status = 'draft' where slug = 'draft'")
    expect(await states()).toEqual({ code: 0, states: {} })
    expect(asked).toEqual([])
  })

  it('ends when it is told to, says what it left, and keeps what it knew', async () => {
    await recommend('lost', 'B000000002')
    answers['/dp/B000000002'] = status(404)
    await states()
    await recommend('more', 'B000000007')
    const { code, text } = await check('stop')
    expect([code, text]).toEqual([1, expect.stringMatching(/ [12] not asked$/)])
    expect(await readFile(join(folder, 'link-check.json'), 'utf8')).toContain('B000000002')
  })

  it('prints a table that people can read', async () => {
    await recommend('lost', 'B000000002')
    answers['/dp/B000000002'] = status(404)
    const { text } = await check('')
    expect(text).toContain('lost     gone   answered 404, gone since 2026-11-23  https://www.amazon.com/dp/B000000002')
    expect(text).toContain('0 ok, 1 gone, 0 broken, 0 unknown, 0 not asked')
  })
})
