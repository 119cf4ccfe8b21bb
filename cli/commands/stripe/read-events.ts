import type { Config } from '../../../adapters/config.ts'
import { NotFound, VendorDown, VendorRefused } from '../../../shop/errors.ts'
import { EVENT_TYPES } from '../../../shop/payments/event-types.ts'
import type { Answer } from '../doctor/ask.ts'
import { askStripe } from './ask-stripe.ts'

const PAGE = 100

/** An event of Stripe's by its id. @throws NotFound when Stripe does not have it any more, which is after 30 days */
export async function readEvent(config: Config, id: string): Promise<Record<string, unknown>> {
  const answer = await askStripe(config, `/events/${encodeURIComponent(id)}`)
  if (answer?.status === 404) throw new NotFound(`Stripe has no event ${id}; it keeps them for 30 days.`)
  return taken(answer).json
}

/** All events since, newest first, of the types that the shop reads. */
export async function* readEvents(config: Config, since: Date): AsyncGenerator<Record<string, unknown>> {
  const query = new URLSearchParams({ limit: String(PAGE), 'created[gte]': String(Math.floor(since.getTime() / 1000)) })
  for (const type of Object.keys(EVENT_TYPES)) query.append('types[]', type)
  for (;;) {
    const { json } = taken(await askStripe(config, `/events?${query}`))
    const events = json.data as Record<string, unknown>[]
    yield* events
    const last = events.at(-1)?.id
    if (json.has_more !== true || typeof last !== 'string') return
    query.set('starting_after', last)
  }
}

function taken(answer: Answer | null): Answer {
  if (!answer || answer.status >= 500) throw new VendorDown('stripe', 'Stripe does not answer.')
  if (answer.status === 403)
    throw new VendorRefused('stripe', 'The key may not read events: give it “Events: Read”.', { isAboutKey: true })
  if (answer.status !== 200) throw new VendorRefused('stripe', `Stripe answers ${answer.status}.`)
  return answer
}
