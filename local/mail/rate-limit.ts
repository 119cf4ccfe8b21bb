const WINDOW_MS = 1000

/** What one request is told about the limit; `allowed` is false when it came too early. */
export type RateDecision = { allowed: boolean; headers: Record<string, string> }

/**
 * Resend's limit for a team, over the second that has just passed, with the headers of
 * https://resend.com/docs/api-reference/rate-limit (seconds). A refused request does not count.
 */
export function createRateLimit(perSecond: number, now: () => Date): () => RateDecision {
  let taken: number[] = []
  return () => {
    const at = now().getTime()
    taken = taken.filter((earlier) => earlier > at - WINDOW_MS)
    const allowed = taken.length < perSecond
    if (allowed) taken.push(at)
    const reset = String(Math.ceil(((taken[0] ?? at) + WINDOW_MS - at) / 1000))
    const remaining = String(perSecond - taken.length)
    const headers = { 'ratelimit-limit': String(perSecond), 'ratelimit-remaining': remaining, 'ratelimit-reset': reset }
    return { allowed, headers: allowed ? headers : { ...headers, 'retry-after': reset } }
  }
}
