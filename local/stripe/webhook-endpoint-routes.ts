import { apiRoute } from './api-route.ts'
import { newId } from './ids.ts'
import { PAGE, pageOf } from './list-page.ts'
import { mergeMetadata, metadata, withoutEmpty } from './metadata.ts'
import { boolean, listOf, oneOf, type Reader, required, text, unsupported, url } from './params.ts'
import { found } from './payment-routes.ts'
import { StripeError } from './stripe-error.ts'
import type { WebhookEndpoint } from './wire-types.ts'
import { API_VERSION, type World } from './world.ts'

const eventType: Reader<string | undefined> = (value, param) => {
  const type = text(100)(value, param)
  if (type === undefined || type === '*' || /^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(type)) return type
  throw new StripeError(`Invalid event type: ${type}`, { param })
}

const enabled_events = listOf(eventType, 500)
// Empty is allowed here: it unsets.
const description: Reader<string | undefined> = (value, param) => (value === '' ? '' : text()(value, param))

const CREATE = {
  api_version: oneOf(API_VERSION),
  connect: unsupported,
  description,
  enabled_events: required(enabled_events),
  metadata,
  url: required(url),
}

export const WEBHOOK_ENDPOINT_ROUTES = [
  apiRoute(['POST', '/v1/webhook_endpoints'], CREATE, ({ books, now }, { params }) => {
    if (books.endpoints.all().length >= 16)
      throw new StripeError('You have reached the maximum of 16 test webhook endpoints.')
    const secret = newId('whsec_', 32)
    const made = { ...params, description: params.description || null, metadata: withoutEmpty(params.metadata) }
    const endpoint = books.endpoints.put(newEndpoint({ ...made, id: newId('we_1') }, now()))
    books.endpointSecrets.put({ id: endpoint.id, secret })
    // Told this once, never again.
    return { ...endpoint, secret }
  }),
  apiRoute(['GET', '/v1/webhook_endpoints'], PAGE, ({ books }, { params, url }) =>
    pageOf(books.endpoints.all().reverse(), params, url),
  ),
  apiRoute(['GET', '/v1/webhook_endpoints/:id'], {}, ({ books }, { id }) =>
    found(books.endpoints, id, 'webhook_endpoint'),
  ),
  apiRoute(
    ['POST', '/v1/webhook_endpoints/:id'],
    { description, disabled: boolean, enabled_events, metadata, url },
    ({ books }, { id, params }) => {
      const known = found(books.endpoints, id, 'webhook_endpoint')
      const { disabled = known.status === 'disabled' } = params
      return books.endpoints.put({
        ...known,
        description: params.description === undefined ? known.description : params.description || null,
        enabled_events: params.enabled_events ?? known.enabled_events,
        metadata: mergeMetadata(known.metadata, params.metadata),
        status: disabled ? 'disabled' : 'enabled',
        url: params.url ?? known.url,
      })
    },
  ),
  apiRoute(['DELETE', '/v1/webhook_endpoints/:id'], {}, ({ books }, { id }) => {
    found(books.endpoints, id, 'webhook_endpoint')
    books.endpoints.remove(id)
    books.endpointSecrets.remove(id)
    return { id, object: 'webhook_endpoint', deleted: true }
  }),
]

type Wanted = Pick<WebhookEndpoint, 'id' | 'description' | 'enabled_events' | 'metadata' | 'url'>

function newEndpoint(wanted: Wanted, created: number): WebhookEndpoint {
  return {
    ...wanted,
    object: 'webhook_endpoint',
    api_version: API_VERSION,
    application: null,
    created,
    livemode: false,
    status: 'enabled',
  }
}

const CONFIGURED = 'we_1LocalStoreConfigured'

/** The endpoint that the seller would have entered in the dashboard: the store's own. */
export function configureEndpoint(
  world: World,
  { url, secret, enabledEvents }: { url: string; secret: string; enabledEvents: string[] },
): void {
  const description = 'The local store'
  const wanted = { id: CONFIGURED, description, enabled_events: enabledEvents, metadata: {}, url }
  const created = world.books.endpoints.get(CONFIGURED)?.created ?? world.now()
  world.books.endpoints.put(newEndpoint(wanted, created))
  world.books.endpointSecrets.put({ id: CONFIGURED, secret })
}
