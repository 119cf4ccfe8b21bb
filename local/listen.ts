import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'

export type Fetch = (request: Request, bindings: HttpBindings) => Response | Promise<Response>

export type Listener = {
  port: number
  /** Stops accepting and ends idle connections; those in use are cut after `graceMs`. */
  close(graceMs?: number): Promise<void>
}

/** Another process already listens on the port. */
export class PortTaken extends Error {
  readonly port: number
  constructor(port: number) {
    super(`port ${port} is already in use`)
    this.port = port
  }
}

/**
 * Serves on the loopback addresses, IPv4 and IPv6: browsers take either for `localhost`, and whoever holds the other one would
 * get our visitors. Port 0 takes a free one. @throws PortTaken
 */
export async function listen(port: number, fetch: Fetch): Promise<Listener> {
  const first = await bind({ port, host: '127.0.0.1', fetch })
  if (!first) throw new Error('this machine has no loopback address 127.0.0.1')
  const taken = (first.address() as AddressInfo).port
  try {
    const second = await bind({ port: taken, host: '::1', fetch })
    const servers = second ? [first, second] : [first]
    return { port: taken, close: (graceMs = 0) => closeAll(servers, graceMs) }
  } catch (error) {
    await closeAll([first], 0)
    throw error
  }
}

/** Undefined when the machine has no such address. */
async function bind({ port, host, fetch }: { port: number; host: string; fetch: Fetch }): Promise<Server | undefined> {
  const server = createAdaptorServer({ fetch: fetch as Parameters<typeof createAdaptorServer>[0]['fetch'] }) as Server
  server.listen(port, host)
  try {
    await once(server, 'listening')
    return server
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return undefined
    if (code === 'EADDRINUSE') throw new PortTaken(port)
    throw error
  }
}

async function closeAll(servers: Server[], graceMs: number): Promise<void> {
  const closed = Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  const cut = setTimeout(() => {
    for (const server of servers) server.closeAllConnections()
  }, graceMs)
  await closed
  clearTimeout(cut)
}
