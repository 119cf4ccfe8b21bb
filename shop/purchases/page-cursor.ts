import { InvalidInput } from '../errors.ts'

/** The last order of a page: the next page begins after it. `created_at` in microseconds, which a Date would cut off. */
export type PageEnd = { created_at: string; id: string }

const FORM = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z)_(ord_[A-Za-z0-9_]{4,60})$/

/** Where the next page begins, in a form that goes into JSON. It only says where: whose orders they are is asked every time. */
export function writeCursor({ created_at, id }: PageEnd): string {
  return `${created_at}_${id}`
}

/** @throws InvalidInput when it is not one of ours */
export function readCursor(text: string): PageEnd {
  const [, created_at = '', id = ''] = FORM.exec(text) ?? []
  if (!id || !isOnCalendar(created_at)) throw new InvalidInput('after is not valid.')
  return { created_at, id }
}

/** JavaScript takes the 30th of February for a day in March, and knows a year 0; Postgres refuses both. */
function isOnCalendar(time: string): boolean {
  const at = new Date(time)
  return at.getTime() > 0 && at.toISOString().slice(0, 19) === time.slice(0, 19)
}
