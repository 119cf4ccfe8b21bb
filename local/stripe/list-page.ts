import type { Tree } from './form.ts'
import { integer, object, type Reader, text } from './params.ts'
import { noSuch, StripeError } from './stripe-error.ts'
import type { Page } from './wire-types.ts'

const RANGE = object({ gt: integer(0), gte: integer(0), lt: integer(0), lte: integer(0) })

type Created = { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined }

/** A moment or a range of moments, in unix seconds. */
const created: Reader<Created | undefined> = (value: Tree | undefined, param) => {
  if (typeof value !== 'string') return RANGE(value, param)
  const moment = integer(0)(value, param)
  return { gte: moment, lte: moment }
}

/** The parameters of every list. */
export const PAGE = { limit: integer(1, 100), starting_after: text(), ending_before: text() }
export const PAGE_BY_DATE = { ...PAGE, created }

type Cursor = { limit?: number | undefined; starting_after?: string | undefined; ending_before?: string | undefined }

/** Whether a moment lies in the range asked for. */
export function isCreatedIn(moment: number, range: Created | undefined): boolean {
  const { gt = -1, gte = 0, lt = Infinity, lte = Infinity } = range ?? {}
  return moment > gt && moment >= gte && moment < lt && moment <= lte
}

/** One page of `items`, which are in the order that Stripe lists them: newest first, line items in their own order. */
export function pageOf<Doc extends { id: string }>(items: Doc[], cursor: Cursor, url: string): Page<Doc> {
  const { limit = 10, starting_after, ending_before } = cursor
  if (starting_after !== undefined && ending_before !== undefined)
    throw new StripeError('You may only specify one of these parameters: starting_after, ending_before.')
  if (ending_before !== undefined) {
    const before = items.slice(0, placeOf(items, ending_before, 'ending_before'))
    return { object: 'list', url, has_more: before.length > limit, data: before.slice(-limit) }
  }
  const rest = starting_after === undefined ? items : items.slice(placeOf(items, starting_after, 'starting_after') + 1)
  return { object: 'list', url, has_more: rest.length > limit, data: rest.slice(0, limit) }
}

function placeOf(items: { id: string }[], id: string, param: string): number {
  const place = items.findIndex((item) => item.id === id)
  if (place === -1) throw noSuch('object', id, { param, status: 400 })
  return place
}
