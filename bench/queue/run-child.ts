import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Order } from './child.ts'

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url))

/** No measurement takes a tenth of this; one that hangs must not leave its process behind. */
const DEADLINE_MS = 180_000

/** Lets a process of its own carry out a measurement. @throws Error with what the process said when it failed */
export async function runChild<Figures>(order: Order): Promise<Figures> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD], { timeout: DEADLINE_MS })
  child.stdin.end(JSON.stringify(order))
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (code !== 0) throw new Error(`${order.contender} failed to ${order.measure}:\n${errors}`)
  return JSON.parse(out) as Figures
}
