import type { Books } from './books.ts'

/** What every part of the emulator works with: its books, its clock, and which API request it is acting for. */
export type World = {
  books: Books
  /** Whole unix seconds. */
  now(): number
  /** Base of the hosted payment page. */
  servicesUrl: string
  /** Named in the events that a request causes; both are null for what happens by itself. */
  request: { id: string | null; idempotency_key: string | null }
}

export const API_VERSION = '2026-10-28.endive'
