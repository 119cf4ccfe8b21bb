import type { TestPlatform } from './platform.ts'

/** Lets every network that reported a click be at its limit, in this minute and, since that may end any moment, in the next. */
export async function fillWindows({ rows }: Pick<TestPlatform, 'rows'>): Promise<void> {
  await rows("update rate_limits set hits = 1000 where key like 'log_click:%'")
  await rows(`insert into rate_limits (key, window_start, hits)
    select key, window_start + interval '60 seconds', 1000 from rate_limits where key like 'log_click:%'`)
}
