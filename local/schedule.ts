import { paused, type Sleep } from './background.ts'
import type { PlatformFunction } from './platform-functions.ts'

type Ticking = { sleep: Sleep; stopping: AbortSignal; call: (body: string) => void }

/** Timers may fire a moment early, and then the same minute would come twice. */
const AFTER_THE_FULL_MINUTE_MS = 50

/** Calls a scheduled function at each of its times (UTC) with Netlify's body, whether or not the call before has ended. */
export async function keepSchedule(one: PlatformFunction, { sleep, stopping, call }: Ticking): Promise<void> {
  for (;;) {
    const due = await nextRun(one)
    await paused(sleep(due.getTime() - Date.now() + AFTER_THE_FULL_MINUTE_MS, { signal: stopping }))
    if (stopping.aborted) return
    call(JSON.stringify({ next_run: (await nextRun(one)).toISOString() }))
  }
}

async function nextRun(one: PlatformFunction): Promise<Date> {
  const next = await one.getNextRun()
  if (!next) throw new Error(`${one.name} has no schedule`)
  return next
}
