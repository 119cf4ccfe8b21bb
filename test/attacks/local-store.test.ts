import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFaults } from '../../local/faults.ts'
import { createIdentityEmulator } from '../../local/identity/identity-emulator.ts'
import { openLedger } from '../../local/ledger.ts'
import { type Listener, listen } from '../../local/listen.ts'
import { type StaticSite, startStaticSite } from '../../local/static-site.ts'
import { createStore } from '../../local/store.ts'

const FILES = {
  'secret.txt': 'top secret',
  'netlify.toml': '[build]\n  publish = "dist/site"\n',
  'dist/errors.json': '{"secret":true}',
  'dist/site/_headers': '/*\n  X-Frame-Options: DENY\n',
  'dist/site/index.html': '<!doctype html><p>Home</p>',
  'dist/site/404.html': '<!doctype html><p>Nothing here</p>',
}

const ledger = openLedger(':memory:')
const asked: string[] = []
let folder: string
let site: StaticSite
let listener: Listener

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-attack-'))
  await mkdir(join(folder, 'dist/site'), { recursive: true })
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text)
  site = await startStaticSite(folder)
  const identity = createIdentityEmulator({ ledger, siteUrl: 'http://localhost:8888', mail: { receive: () => {} } })
  const handle = async (request: Request) => {
    asked.push(request.url)
    return undefined
  }
  const functions = { handle, stop: async () => {} }
  const store = createStore({ functions, site, identity, faults: createFaults(), siteUrl: 'http://localhost:8888' })
  listener = await listen(0, (request, bindings) => store.fetch(request, bindings))
})
afterAll(async () => {
  await listener.close()
  await site.stop()
  ledger.close()
  await rm(folder, { recursive: true })
})

/** Sends bytes as they are, which no client of good manners would; the whole answer as text. */
async function send(head: string): Promise<string> {
  const socket = connect(listener.port, '127.0.0.1')
  let answer = ''
  socket.on('data', (bytes) => {
    answer += bytes.toString('latin1')
  })
  socket.write(`${head}\r\nHost: localhost\r\nConnection: close\r\n\r\n`, 'latin1')
  await once(socket, 'close')
  return answer
}

const OUTSIDE = ['secret.txt', 'errors.json', 'netlify.toml', '_redirects']
const UPWARDS = ['/../', '/../../', '/..%2f', '/..%2f..%2f', '/%2e%2e/%2e%2e/', '/%2e%2e%2f%2e%2e%2f']
const SIDEWAYS = ['/..%5c..%5c', '/%2e%2e%5c', '/....//....//', '/%252e%252e%252f', '/.%00./', '/x/..%2f..%2f..%2f']

describe('the local store', () => {
  it.each([...UPWARDS, ...SIDEWAYS])('serves nothing that lies outside of the pages by %s', async (prefix) => {
    for (const name of OUTSIDE) {
      const answer = await send(`GET ${prefix}${name} HTTP/1.1`)
      expect(answer).toMatch(/^HTTP\/1.1 404 /)
      expect(answer).not.toContain('secret')
    }
  })

  it.each(['/%', '/%zz', '/%c0%ae%c0%ae/x', '/store/%', '/.netlify/functions/%', '/%ff'])(
    'answers %s, which cannot be decoded, with the 404 page and its headers, and asks no function',
    async (path) => {
      asked.length = 0
      const answer = await send(`GET ${path} HTTP/1.1`)
      expect(answer).toMatch(/^HTTP\/1.1 404 /)
      expect(answer).toMatch(/\r\nx-frame-options: DENY\r\n/i)
      expect(answer).toContain('Nothing here')
      expect(asked).toEqual([])
    },
  )

  it('answers a method that functions could not even be asked with 405', async () => {
    const answer = await send('TRACE / HTTP/1.1')
    expect(answer).toMatch(/^HTTP\/1.1 405 /)
    expect(answer).toMatch(/\r\nallow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n/i)
  })

  it('lives on, and reports nothing, when a visitor leaves in the middle of a request', async () => {
    for (let visitor = 0; visitor < 5; visitor++) {
      const socket = connect(listener.port, '127.0.0.1')
      await once(socket, 'connect')
      socket.write('POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc')
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
    expect(await send('GET / HTTP/1.1')).toMatch(/^HTTP\/1.1 200 /)
  })
})
