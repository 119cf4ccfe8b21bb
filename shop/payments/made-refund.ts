/** A refund that we ask for: `amount` in minor units, `itemIds` our own ids of what it pays back, none for an amount alone. */
export type WantedRefund = { requestId: string; sessionId: string; amount: number; itemIds: string[] }

/** Stripe's answer: `status` is pending, requires_action, succeeded, failed or canceled; `reason` in Stripe's words. */
export type MadeRefund = { outcome: 'made'; refundId: string; status: string } | { outcome: 'refused'; reason: string }
