import { ShopError } from '../../shop/errors.ts'
import { receiveEvent } from '../../shop/payments/receive-event.ts'
import type { Chance } from './chance.ts'
import type { End, Stage } from './stage.ts'
import type { Timeline } from './timeline.ts'
import type { Weather } from './weather.ts'

type Means = {
  timeline: Timeline
  chance: Chance
  weather: () => Weather
  spawn: Stage['spawn']
  count: (what: string) => void
}

/** Carries Stripe's request to the webhook: late, twice at once, or with its answer lost, so that Stripe delivers it again. */
export async function deliver({ timeline, chance, weather, spawn, count }: Means, request: Request): Promise<Response> {
  const body = await timeline.real(() => request.text())
  const signature = request.headers.get('stripe-signature')
  const { late, twin, answerLost } = weather().delivery
  count('delivery')
  await timeline.sleep(chance.hits(late) ? chance.between(5_000, 120_000) : chance.between(20, 300))
  const receive = () => spawn('webhook', (app) => receiveEvent(app, { body, signature }))
  const ends = await Promise.all(chance.hits(twin) ? [receive(), receive()] : [receive()])
  if (ends.length > 1) count('twin delivery')
  if (!chance.hits(answerLost)) return answerOf(ends[0])
  count('answer to a delivery lost')
  throw new Error('socket hang up')
}

function answerOf(end: End<void> | undefined): Response {
  if (end?.kind === 'done') return new Response(null, { status: 200 })
  if (end?.kind !== 'threw') throw new Error('socket hang up')
  return new Response(null, { status: end.error instanceof ShopError ? end.error.status : 500 })
}
