import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import process from 'node:process'

export type ShopProcess = {
  siteUrl: string
  servicesUrl: string
  pid: number
  /** What it has printed so far. */
  output(): string
  /** Resolves with the exit code; a signal counts as null. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

const PATIENCE_MS = 120_000

/** Starts the shop as `npm start` does, in a process of its own, and waits for its "Store ready". @throws with its output when it ends before */
export async function startShop({ folder, port }: { folder: string; port: number }): Promise<ShopProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'local/start.ts'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TILL_DATA_DIR: folder, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines = collectOutput(child)
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  const ready = `Store ready: http://localhost:${port}`
  const outcome = await Promise.race([lines.until(ready), ended, timeout()])
  if (outcome !== 'printed') {
    child.kill('SIGKILL')
    throw new Error(`the shop did not start (${outcome}):\n${lines.all()}`)
  }
  return {
    siteUrl: `http://localhost:${port}`,
    servicesUrl: `http://localhost:${port + 1}`,
    pid: child.pid ?? 0,
    output: lines.all,
    stop,
  }
}

function collectOutput(child: ChildProcess) {
  let text = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part: Buffer) => {
      text += part
      for (const listener of listeners) listener()
    })
  }
  return {
    all: () => text,
    until: (words: string) =>
      new Promise<'printed'>((resolve) => {
        const look = () => text.includes(words) && resolve('printed')
        listeners.add(look)
        look()
      }),
  }
}

function timeout(): Promise<'too slow'> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, 'too slow' as const).unref())
}

/** A port that is free together with the one after it, as the shop needs them. */
export async function findFreePorts(): Promise<number> {
  for (;;) {
    const first = await listen(0)
    const second = await listen(first.port + 1).catch(() => undefined)
    await Promise.all([first.close(), second?.close()])
    if (second) return first.port
  }
}

async function listen(port: number): Promise<{ port: number; close: () => Promise<unknown> }> {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port')
  return { port: address.port, close: () => new Promise((resolve) => server.close(resolve)) }
}
