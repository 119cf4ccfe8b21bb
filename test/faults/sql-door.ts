import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What happens to a statement on its way: `refuse` cuts the connection before the database sees it, `lose` does the work and loses the
 * answer, `hang` never answers, a code is Postgres' own refusal, `wait` sends it on after so many milliseconds, a function is called first.
 */
export type SqlFault = 'refuse' | 'lose' | 'hang' | { code: string } | { wait: number } | (() => void)

type Wish = { match: RegExp; fault: SqlFault; count: number }

/** A door in front of Neon's HTTP protocol that lets chosen statements go wrong; it changes nothing else. */
export async function openSqlDoor(endpoint: string) {
  let wishes: Wish[] = []
  const seen: string[] = []
  const server = createServer((request, response) => void pass(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts).toString()
    seen.push(body)
    const fault = take(body)
    if (fault === 'refuse') return void response.destroy()
    if (fault === 'hang') return
    if (typeof fault === 'object' && 'code' in fault) return answer(response, 400, postgresError(fault.code))
    if (typeof fault === 'function') fault()
    if (typeof fault === 'object') await new Promise((resolve) => setTimeout(resolve, fault.wait))
    const { status, text } = await forward(request, body)
    if (fault === 'lose') return void response.destroy()
    answer(response, status, text)
  }

  function take(body: string): SqlFault | undefined {
    const wish = wishes.find(({ match, count }) => count > 0 && match.test(body))
    if (wish) wish.count -= 1
    return wish?.fault
  }

  async function forward({ headers }: IncomingMessage, body: string): Promise<{ status: number; text: string }> {
    const own = Object.entries(headers).filter(([name]) => name.startsWith('neon-') || name === 'content-type')
    const passed = await fetch(endpoint, {
      method: 'POST',
      headers: own.map(([name, value]) => [name, String(value)]),
      body,
    })
    return { status: passed.status, text: await passed.text() }
  }

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sql`,
    /** Every statement that came to the door. */
    seen,
    /** The next `count` statements whose text matches go wrong. */
    next(match: RegExp, fault: SqlFault, count = 1) {
      wishes.push({ match, fault, count })
    },
    heal() {
      wishes = []
    },
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function postgresError(code: string): string {
  return JSON.stringify({ message: `refused with ${code}, as was asked for`, code, severity: 'ERROR' })
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(text)
}
