import type { PGlite } from '@electric-sql/pglite'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Emulators } from './emulators.ts'
import { createFaultRoutes } from './fault-routes.ts'
import { faultsPanel } from './faults-panel.ts'
import { faulty } from './faulty.ts'
import { jobsPanel } from './jobs-panel.ts'
import { refuseStrangers } from './refuse-strangers.ts'
import { servicesPage } from './services-page.ts'

type Options = {
  emulators: Emulators
  pglite: PGlite
  siteUrl: string
  /** Who answers here, for commands that look for the owner of a data folder. */
  owner: { pid: number; folder: string; blobsUrl: string }
}

/** Everything on PORT + 1: the vendors' APIs for the store, and the page for people. */
export function createServices({ emulators, pglite, siteUrl, owner }: Options): Hono<{ Bindings: HttpBindings }> {
  const { builds, faults, identity, mail, s3, sql, stats, stripe } = emulators
  const services = new Hono<{ Bindings: HttpBindings }>()
  services.use(refuseStrangers)
  services.get('/owner.json', (context) => context.json(owner))
  services.use('/sql', stats.counted('sql'), faulty(faults, 'sql'))
  services.use('/v1/*', stats.counted('stripe'), faulty(faults, 'stripe'))
  services.use('/emails/*', stats.counted('emails'), faulty(faults, 'resend'))
  for (const part of [sql, stripe, mail, stats, builds]) services.route('/', part.routes)
  services.route('/', s3.routes)
  services.route('/', identity.peopleRoutes)
  services.route('/', createFaultRoutes(faults))
  services.get('/', async (context) => {
    const panels = [mail.panel(), stripe.panel(), await jobsPanel(pglite), identity.panel(), faultsPanel(faults.list())]
    return context.html(servicesPage(siteUrl, panels))
  })
  return services
}
