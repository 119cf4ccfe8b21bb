import type { CheckoutLine } from '../checkout/checkout-request.ts'
import type { ObservedSession } from '../payments/observed-session.ts'

/** Marks a session as one that Till began; sessions of other programs on the same Stripe account lack it. */
const MARK = { key: 'till', value: '1' } as const
/** Lines per metadata value: Stripe takes 500 characters, and a line needs at most 90. */
const PER_VALUE = 5

type SoldLine = Pick<CheckoutLine, 'product_id' | 'unit_amount' | 'currency' | 'quantity'>

/** What /go writes into a session's metadata, so that the order can later be checked against what was asked for. */
export function soldLinesMetadata(lines: SoldLine[]): Record<string, string> {
  const metadata: Record<string, string> = { [MARK.key]: MARK.value }
  for (let start = 0; start < lines.length; start += PER_VALUE) {
    metadata[`lines_${start / PER_VALUE}`] = lines
      .slice(start, start + PER_VALUE)
      .map(encodeLine)
      .join(';')
  }
  return metadata
}

/** Whether Till began this session. */
export function isOurSession({ metadata }: Pick<ObservedSession, 'metadata'>): boolean {
  return metadata[MARK.key] === MARK.value
}

/**
 * Compares a session's lines with what /go wrote into the metadata of the session and of each line, never with today's catalogue.
 * Discount and tax explain any other difference of the total.
 * @returns why a person must look at the order; null when all agree
 */
export function findMismatch(session: Pick<ObservedSession, 'metadata' | 'lines' | 'currency'>): string | null {
  const asked = readLines(session.metadata)
  const charged = session.lines.map((line) =>
    encodeLine({
      product_id: line.metadata.product_id ?? '',
      unit_amount: line.unitAmount,
      currency: line.currency,
      quantity: line.quantity,
    }),
  )
  const written = session.lines.map(({ metadata }) =>
    encodeLine({
      product_id: metadata.product_id ?? '',
      unit_amount: Number(metadata.unit_amount ?? Number.NaN),
      currency: metadata.currency ?? '',
      quantity: Number(metadata.quantity ?? Number.NaN),
    }),
  )
  if (asked.length !== charged.length) return `${charged.length} lines were charged, ${asked.length} were asked for`
  const odd = asked.toSorted().findIndex((line, i) => line !== charged.toSorted()[i] || line !== written.toSorted()[i])
  if (odd >= 0) return `line ${asked.toSorted()[odd]} was asked for, ${charged.toSorted()[odd]} was charged`
  if (session.lines.some((line) => line.currency !== session.currency))
    return 'a line has another currency than the session'
  return null
}

function encodeLine({ product_id, unit_amount, currency, quantity }: SoldLine): string {
  return `${product_id} ${unit_amount} ${currency} ${quantity}`
}

function readLines(metadata: Record<string, string>): string[] {
  const keys = Object.keys(metadata).filter((key) => /^lines_\d+$/.test(key))
  return keys.flatMap((key) => metadata[key]?.split(';') ?? [])
}
