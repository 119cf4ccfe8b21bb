import { refusal } from './gotrue-error.ts'

const WINDOW_MS = 5 * 60 * 1000

/**
 * Counts requests by client over the last five minutes.
 * @throws {GoTrueError} (the returned function) 429 for one too many; it is not counted.
 */
export function createTokenLimit(allowed: number, now: () => Date): (client: string) => void {
  const taken = new Map<string, number[]>()
  return (client) => {
    const at = now().getTime()
    const recent = (taken.get(client) ?? []).filter((earlier) => earlier > at - WINDOW_MS)
    if (recent.length >= allowed) throw refusal(429, 'Rate limit exceeded')
    taken.set(client, [...recent, at])
  }
}
