import { createGate } from './gate.ts'

export type Sleep = (ms: number, options: { signal: AbortSignal }) => Promise<unknown>

/** Work that goes on after its caller has been answered. */
export type Background = {
  /** Runs `attempt` behind; when it throws, again after each of the pauses (ms). */
  run(name: string, attempt: () => Promise<void>, pauses: number[]): void
  /** Waits at most `graceMs` for what is running; nothing more is repeated. */
  settled(graceMs: number): Promise<void>
}

const RUNNING_AT_ONCE = 3

/** @param stopping ends all waiting for a repeat */
export function createBackground(sleep: Sleep, stopping: AbortSignal): Background {
  const gate = createGate(RUNNING_AT_ONCE)
  const running = new Set<Promise<void>>()
  const persist: (...call: Parameters<Background['run']>) => Promise<void> = async (name, attempt, pauses) => {
    for (const pause of [...pauses, undefined]) {
      if (stopping.aborted || (await gate(() => succeeds(name, attempt)))) return
      if (pause !== undefined) await paused(sleep(pause, { signal: stopping }))
    }
  }
  return {
    run: (...call) => {
      const work = persist(...call).finally(() => running.delete(work))
      running.add(work)
    },
    settled: async (graceMs) => {
      const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref())
      await Promise.race([Promise.all(running), grace])
    },
  }
}

async function succeeds(name: string, attempt: () => Promise<void>): Promise<boolean> {
  try {
    await attempt()
    return true
  } catch (error) {
    console.error(`${name} threw:`, error)
    return false
  }
}

/** Waits, or stops waiting when the platform stops. */
export async function paused(pause: Promise<unknown>): Promise<void> {
  await pause.catch((error: unknown) => {
    if ((error as Error).name !== 'AbortError') throw error
  })
}
