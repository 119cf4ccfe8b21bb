import type { App } from './app.ts'

type Limit<Result> = { ms: number; otherwise: () => Result }

/** The result of `work`, or of `otherwise` when it takes longer than `ms` milliseconds; `work` goes on either way, and the timer ends with it. */
export async function waitAtMost<Result>(
  app: Pick<App, 'pause'>,
  work: Promise<Result>,
  { ms, otherwise }: Limit<Result>,
): Promise<Result> {
  const timer = new AbortController()
  try {
    return await Promise.race([work, app.pause(ms, timer.signal).then(otherwise)])
  } finally {
    timer.abort()
  }
}
