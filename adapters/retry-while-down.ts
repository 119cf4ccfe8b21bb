import { VendorDown } from '../shop/errors.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 20_000

export type Patience = {
  tries: number
  pause(ms: number, signal?: AbortSignal): Promise<void>
  signal: AbortSignal
}

/** Repeats what fails because a vendor is down, after pauses that double and differ, so that parallel requests do not come back together. */
export async function retryWhileDown<Result>({ tries, pause, signal }: Patience, work: () => Promise<Result>) {
  for (let failed = 1; ; failed++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof VendorDown) || failed === tries) throw error
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failed - 1))
      await pause(longest * (0.5 + Math.random() / 2), signal)
    }
  }
}
