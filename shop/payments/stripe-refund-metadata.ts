/** What Stripe keeps of a refund that we made: which items it pays back, and which request of ours it is. */
const ITEMS = 'order_item_ids'
const REQUEST = 'refund_request_id'
/** An amount alone is no item's, also when an item happens to cost as much. */
const NO_ITEM = 'none'
/** Stripe takes 500 characters in a value. https://docs.stripe.com/api/metadata */
const LONGEST = 500

/** The metadata of a refund; more items than fit into one value go on in the next. */
export function refundMetadata(requestId: string, itemIds: string[]): Record<string, string> {
  const values: string[] = []
  for (const id of itemIds.length > 0 ? itemIds : [NO_ITEM]) {
    const last = values.at(-1)
    if (last !== undefined && last.length + 1 + id.length <= LONGEST) values[values.length - 1] = `${last},${id}`
    else values.push(id)
  }
  const named = values.map((value, i) => [i === 0 ? ITEMS : `${ITEMS}_${i + 1}`, value])
  return { ...Object.fromEntries(named), [REQUEST]: requestId }
}

/** Our own ids of the items that a refund pays back; empty for one that we did not make. */
export function readItemIds(metadata: Record<string, string>): string[] {
  const values = Object.entries(metadata).filter(([name]) => /^order_item_ids(_\d+)?$/.test(name))
  return values.flatMap(([, value]) => value.split(',')).filter(Boolean)
}

/** The request of ours that a refund answers to. */
export function readRequestId(metadata: Record<string, string>): string | null {
  return metadata[REQUEST] ?? null
}
