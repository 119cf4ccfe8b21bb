import type { ObservedLine, ObservedRefund } from '../payments/observed-session.ts'

/** What a partial refund does to access: to the items that it pays back, to none, or to all of the order. */
export type RevokePolicy = 'items' | 'never' | 'always'

/** Items whose access a refund ends, by Stripe's line and by our own id, with the refund's time. */
export type RefundedItem = { stripe_line_item_id: string | null; order_item_id: string | null; at: Date }

/** More lines than this are only matched one by one: the subsets of a long basket would nearly always be ambiguous. */
const MOST_FOR_SUBSETS = 12

/**
 * Which items the refunds pay back. A refund that we made names its items; for any other the amount must tell: it is exactly the sum of
 * one set of lines, and of no other. A refund that tells nothing is an amount only, and access stays.
 * @param refunds those that took money back, or may still
 */
export function findRefundedItems(
  lines: ObservedLine[],
  refunds: ObservedRefund[],
  policy: RevokePolicy,
): RefundedItem[] {
  if (policy === 'never' || refunds.length === 0) return []
  const byTime = refunds.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || a.id.localeCompare(b.id))
  if (policy === 'always') return lines.map((line) => refundedLine(line, byTime))
  const items: RefundedItem[] = []
  let open = lines.filter((line) => line.amountTotal > 0)
  for (const refund of byTime) {
    if (refund.orderItemIds.length > 0) {
      items.push(
        ...refund.orderItemIds.map((id) => ({ stripe_line_item_id: null, order_item_id: id, at: refund.createdAt })),
      )
      continue
    }
    const paidBack = findOnlySet(open, refund.amount)
    items.push(...paidBack.map((line) => refundedLine(line, [refund])))
    open = open.filter((line) => !paidBack.includes(line))
  }
  return items
}

function refundedLine(line: ObservedLine, [first]: ObservedRefund[]): RefundedItem {
  return { stripe_line_item_id: line.id, order_item_id: null, at: first?.createdAt ?? new Date(0) }
}

/** The one set of lines whose amounts add up to `amount`; empty when there is none, or more than one. */
function findOnlySet(lines: ObservedLine[], amount: number): ObservedLine[] {
  const sets = lines.length <= MOST_FOR_SUBSETS ? subsets(lines) : lines.map((line) => [line])
  const matches = sets.filter((set) => set.reduce((sum, { amountTotal }) => sum + amountTotal, 0) === amount)
  return matches.length === 1 ? (matches[0] ?? []) : []
}

/** Every set of lines but the empty one; each bit of the number says whether a line is in. */
function subsets(lines: ObservedLine[]): ObservedLine[][] {
  return Array.from({ length: 2 ** lines.length - 1 }, (_, i) => lines.filter((_line, bit) => ((i + 1) >> bit) & 1))
}
