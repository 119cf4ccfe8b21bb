import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export type DelayProxy = Awaited<ReturnType<typeof startDelayProxy>>

/** Called with what a client sends, before it is sent on. */
type Listener = (bytes: Buffer, connection: number) => void

/**
 * Stands before a TCP server as if it were far away: each direction takes half of `rttMs`, and opening a connection one whole, as TCP's
 * handshake does. It speaks no protocol, so it is as far for PostgreSQL's as for HTTP.
 */
export async function startDelayProxy({ port, rttMs, listen }: { port: number; rttMs: number; listen: Listener }) {
  let connections = 0
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (near) => {
    const number = connections++
    const far = connect({ port, host: '127.0.0.1', noDelay: true })
    near.on('data', (bytes: Buffer) => listen(bytes, number))
    for (const socket of [near, far]) sockets.add(socket)
    relay(near, far, { handshakeMs: rttMs, oneWayMs: rttMs / 2 })
    relay(far, near, { handshakeMs: 0, oneWayMs: rttMs / 2 })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** Hands bytes on in their order, each chunk after its delay. */
function relay(from: Socket, to: Socket, { handshakeMs, oneWayMs }: { handshakeMs: number; oneWayMs: number }): void {
  const opened = pause(handshakeMs)
  let queue = Promise.resolve()
  const later = (deliver: () => void) => {
    const due = opened.then(() => pause(oneWayMs))
    queue = queue.then(() => due).then(deliver)
  }
  from.on('data', (bytes) => later(() => to.destroyed || to.write(bytes)))
  from.on('end', () => later(() => to.end()))
  from.on('error', () => to.destroy())
}
