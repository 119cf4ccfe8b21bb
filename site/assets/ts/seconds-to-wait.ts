/** `Retry-After` in seconds, within reason: a wrong or missing one means ten seconds. */
export function secondsToWait(retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? 10)
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 2), 300) : 10
}
