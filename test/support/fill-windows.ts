import type { Door } from '../../shop/limits/door-limits.ts'
import type { TestPlatform } from './platform.ts'

/** Lets every network that was at a door be at its limit there, in this window and, since that may end any moment, in the next. */
export async function fillWindows({ rows }: Pick<TestPlatform, 'rows'>, door: Door = 'log_click'): Promise<void> {
  await rows("update rate_limits set hits = 1000 where key like $1 || ':%'", [door])
  await rows(
    `insert into rate_limits (key, window_start, hits)
     select key, window_start + split_part(key, ':', 2)::int * interval '1 second', 1000 from rate_limits where key like $1 || ':%'
     on conflict (key, window_start) do update set hits = 1000`,
    [door],
  )
}
