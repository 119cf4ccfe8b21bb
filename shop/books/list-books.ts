import { listBooked } from '../../db/books.ts'
import type { App } from '../app.ts'
import type { BookedRow } from './book-line.ts'

const DAY_MS = 86_400_000

/** The lines of a month (UTC), a day at a time: those of the money that the shop's key is for, test or live. */
export async function* listBooks(
  app: Pick<App, 'db' | 'payments'>,
  month: { from: Date; to: Date },
): AsyncGenerator<BookedRow[]> {
  const { livemode } = app.payments
  for (let at = month.from.getTime(); at < month.to.getTime(); at += DAY_MS)
    yield await listBooked(app.db, { from: new Date(at), to: new Date(at + DAY_MS), livemode })
}
