import { countVisit } from '../../db/rate-limits.ts'
import type { App } from '../app.ts'
import { TooManyCheckouts, TooManyRequests } from '../errors.ts'
import { DOOR_LIMITS, type Door, type RateLimit } from './door-limits.ts'
import { networkOf } from './visitor-network.ts'

/** Where a person is told something of its own. */
const REFUSALS: Partial<Record<Door, typeof TooManyRequests>> = { begin_checkout: TooManyCheckouts }

/** Who knocks: the address as the platform tells it, and what is asked about where the limit is for both together. */
export type Visit = { address: string | null | undefined; about?: string }

/**
 * Counts a visit to a door and turns it away when its network has been there too often. Addresses are not kept: a window's key is a hash
 * that nobody can undo without our secret, and another one every day.
 * @throws TooManyRequests, or the door's own kind of it, with the seconds until the window ends
 */
export async function limitRate(app: Pick<App, 'db' | 'now' | 'seal'>, door: Door, visit: Visit): Promise<void> {
  const day = app.now().toISOString().slice(0, 10)
  const [mark = ''] = app.seal('visitor', [day, networkOf(visit.address), visit.about ?? ''].join(' '))
  const limits: readonly RateLimit[] = DOOR_LIMITS[door]
  const windows = limits.map((limit) => ({ ...limit, key: `${door}:${limit.seconds}:${mark.slice(0, 32)}` }))
  const retryAfter = await countVisit(app.db, windows)
  if (retryAfter === null) return
  const Refusal = REFUSALS[door] ?? TooManyRequests
  throw new Refusal('That was too often. Please wait a little and try again.', { retryAfter })
}
