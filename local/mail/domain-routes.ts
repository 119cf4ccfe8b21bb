import { Hono } from 'hono'
import type { Domain, ListDomainsResponseSuccess } from 'resend'
import type { Ledger } from '../ledger.ts'

const COLLECTION = 'resend.domains'
type Listed = ListDomainsResponseSuccess['data'][number]

/** Resend's list of domains, `GET /domains`: the one that local mails come from, unless the ledger says otherwise. */
export function createDomainRoutes(ledger: Ledger): Hono {
  const routes = new Hono()
  routes.get('/domains', ({ req, json }) => {
    const key = req.header('authorization') ?? ''
    if (!key) return json({ statusCode: 401, name: 'missing_api_key', message: 'Missing API Key' }, 401)
    if (!/^Bearer re_[A-Za-z0-9_]+$/.test(key))
      return json({ statusCode: 400, name: 'validation_error', message: 'API key is invalid' }, 400)
    const known = ledger.list<Listed>(COLLECTION)
    const data = known.length > 0 ? known : [domainOf('example.com', 'verified')]
    return json({ object: 'list', has_more: false, data } satisfies ListDomainsResponseSuccess)
  })
  return routes
}

/** From now on Resend knows this domain, and no longer the one that it knows by itself. */
export function putDomain(ledger: Ledger, name: string, status: Domain['status']): void {
  ledger.put(COLLECTION, name, domainOf(name, status))
}

function domainOf(name: string, status: Domain['status']): Listed {
  const id = '4dd369bc-aa82-4ff3-97de-514ae3000ee0'
  const capabilities = { sending: 'enabled', receiving: 'disabled' } as const
  return { id, name, status, created_at: '2026-01-01T00:00:00.000Z', region: 'eu-west-1', capabilities }
}
