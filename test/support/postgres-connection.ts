import { once } from 'node:events'
import { connect } from 'node:net'
import { type messages, type PGlite, protocol } from '@electric-sql/pglite'

/** As much of PGlite as the emulator of Neon's SQL uses. */
export type Connection = Pick<PGlite, 'execProtocol' | 'runExclusive' | '_runExclusiveTransaction'> & {
  close(): Promise<void>
}

type Account = { port: number; user: string; password: string; database: string }
type Message = messages.BackendMessage

const { serialize } = protocol

/** One connection to a real PostgreSQL that looks like PGlite: whoever holds it is alone on it, and waits for each answer. */
export async function connectPostgres({ port, user, password, database }: Account): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  const parser = new protocol.Parser()
  let answer: Message[] = []
  let ready: { resolve(answer: Message[]): void; reject(error: Error): void } | undefined
  socket.on('data', (bytes) => parser.parse(bytes, receive))
  socket.on('close', () => ready?.reject(new Error('PostgreSQL hung up')))
  socket.on('error', (error) => ready?.reject(error))

  function receive(message: Message) {
    if (message.name === 'authenticationCleartextPassword') socket.write(serialize.password(password))
    answer.push(message)
    if (message.name !== 'readyForQuery') return
    ready?.resolve(answer)
    answer = []
  }
  async function exchange(bytes: Uint8Array): Promise<Message[]> {
    const answered = new Promise<Message[]>((resolve, reject) => {
      ready = { resolve, reject }
    })
    socket.write(bytes)
    return await answered
  }
  await exchange(serialize.startup({ user, database }))
  return {
    execProtocol: async (bytes) => ({ messages: await exchange(bytes), data: new Uint8Array() }),
    runExclusive: (work) => work(),
    _runExclusiveTransaction: (work) => work(),
    close: async () => {
      socket.end(serialize.end())
      await once(socket, 'close')
    },
  }
}
