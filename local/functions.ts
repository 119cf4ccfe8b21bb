import { setTimeout as timer } from 'node:timers/promises'
import { createBackground, type Sleep } from './background.ts'
import { runBehind } from './background-function.ts'
import { createGate, type Gate } from './gate.ts'
import { loadFunctions, type PlatformFunction, type PlatformOptions } from './platform-functions.ts'
import { keepSchedule } from './schedule.ts'

export type LocalFunctions = {
  /** Answers from the function at this address, or undefined when there is none. */
  handle(request: Request): Promise<Response | undefined>
  /** Ends schedules and repeats, and waits at most `graceMs` for what runs behind. */
  stop(graceMs: number): Promise<void>
}

type Options = PlatformOptions & {
  /** The store's address, which schedules are called at. */
  origin: string
  sleep?: Sleep
}

/** Each call is a thread of its own with all of its modules; more of them at once are only slower and take gigabytes. */
const ANSWERING_AT_ONCE = 12
const PATH = '/.netlify/functions/'

/**
 * Netlify Functions on this machine, run by Netlify's own emulator; added to it is what only the platform does: background calls
 * that are answered before they run and repeated when they throw, and schedules that tick.
 */
export async function startFunctions(options: Options): Promise<LocalFunctions> {
  const { origin, sleep = (ms, { signal }) => timer(ms, undefined, { signal }) } = options
  const { handler, functions } = await loadFunctions(options)
  const stopping = new AbortController()
  const background = createBackground(sleep, stopping.signal)
  const scheduled = await scheduledOf(functions)
  const gate = createGate(ANSWERING_AT_ONCE)
  for (const one of functions) {
    if (one.isBackground || scheduled.has(one.name)) runBehind(one, background)
    else runInTurn(one, gate)
  }
  const invoke = async (request: Request) => (await handler.match(request))?.handle(request)
  for (const one of scheduled.values()) {
    const url = `${origin}${PATH}${one.name}`
    const call = (body: string) => void invoke(new Request(url, { method: 'POST', body }))
    void keepSchedule(one, { sleep, stopping: stopping.signal, call })
  }
  return {
    handle: async (request) => {
      // As on Netlify, nobody but the clock can call a scheduled function.
      if (scheduled.has(new URL(request.url).pathname.replace(PATH, '').replace(/\/+$/, ''))) return undefined
      return await invoke(request)
    },
    stop: async (graceMs) => {
      stopping.abort()
      await background.settled(graceMs)
    },
  }
}

function runInTurn(one: PlatformFunction, gate: Gate): void {
  const invoke = one.invoke.bind(one)
  one.invoke = (options) => gate(() => invoke(options))
}

async function scheduledOf(functions: PlatformFunction[]): Promise<Map<string, PlatformFunction>> {
  const entries = await Promise.all(functions.map(async (one) => [one, await one.getNextRun()] as const))
  return new Map(entries.filter(([, next]) => next).map(([one]) => [one.name, one]))
}
