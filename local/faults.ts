import { z } from 'zod'

/** What a vendor's emulator can be told to do wrong; `accept_then_reset` does the work and cuts the connection unanswered. */
export type VendorFault = '500' | '429' | 'timeout' | 'reset' | 'accept_then_reset'
export type WebhookFault = 'drop' | 'delay' | 'duplicate'
export type FaultyService = 'stripe' | 'resend' | 'sql' | 's3' | 'identity' | 'netlify'

/** Faults that people and tests have asked for; taking one counts it down. */
export type Faults = {
  takeVendor(service: FaultyService, path: string): VendorFault | undefined
  takeWebhook(): WebhookFault | undefined
}

const count = z.int().min(0).max(1_000_000)
const VendorWish = z.strictObject({
  service: z.enum(['stripe', 'resend', 'sql', 's3', 'identity', 'netlify']),
  mode: z.enum(['500', '429', 'timeout', 'reset', 'accept_then_reset']),
  count,
  path: z.string().startsWith('/').optional(),
})
const WebhookWish = z.strictObject({
  service: z.literal('webhook'),
  mode: z.enum(['drop', 'delay', 'duplicate']),
  count,
})

/** The body of `PUT /faults`: the next `count` requests (of a path that begins with `path`) go wrong in this way. */
export const FaultWish = z.discriminatedUnion('service', [VendorWish, WebhookWish])
export type FaultWish = z.infer<typeof FaultWish>

export type FaultBoard = Faults & {
  /** The latest wish for a service and path replaces the one before; count 0 ends it, and without a path all of the service's. */
  put(wish: FaultWish): void
  /** What is still to go wrong. */
  list(): FaultWish[]
}

/** A board with no fault on it. What it holds is gone when the process ends. */
export function createFaults(): FaultBoard {
  let wishes: FaultWish[] = []
  const take = <Wish extends FaultWish>(wish: Wish | undefined): Wish['mode'] | undefined => {
    if (!wish) return undefined
    wish.count -= 1
    if (wish.count === 0) wishes = wishes.filter((other) => other !== wish)
    return wish.mode
  }
  return {
    takeVendor: (service, path) => take(wishes.find((wish) => concerns(wish, service, path))),
    takeWebhook: () => take(wishes.find((wish) => wish.service === 'webhook')),
    put: (wish) => {
      wishes = wishes.filter((other) => !replaces(wish, other))
      if (wish.count > 0) wishes.push({ ...wish })
    },
    list: () => wishes.map((wish) => ({ ...wish })),
  }
}

function concerns(wish: FaultWish, service: FaultyService, path: string): wish is z.infer<typeof VendorWish> {
  return wish.service === service && path.startsWith(('path' in wish && wish.path) || '/')
}

function replaces(wish: FaultWish, other: FaultWish): boolean {
  const pathOf = (one: FaultWish) => ('path' in one ? one.path : undefined)
  const everyPath = wish.count === 0 && pathOf(wish) === undefined
  return wish.service === other.service && (everyPath || pathOf(wish) === pathOf(other))
}
