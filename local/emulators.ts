import type { PGlite } from '@electric-sql/pglite'
import { EVENT_TYPES } from '../shop/payments/event-types.ts'
import { createFaults, type FaultBoard } from './faults.ts'
import { createIdentityEmulator, type IdentityEmulator } from './identity/identity-emulator.ts'
import type { Ledger } from './ledger.ts'
import { createMailEmulator, type MailEmulator } from './mail/mail-emulator.ts'
import type { Settings } from './settings.ts'
import { createSqlEmulator } from './sql/emulator.ts'
import { createStats, type Stats } from './stats.ts'
import { databaseUrlOf } from './store-environment.ts'
import { createStripeEmulator } from './stripe/create-stripe-emulator.ts'

export type Emulators = {
  sql: ReturnType<typeof createSqlEmulator>
  stripe: ReturnType<typeof createStripeEmulator>
  mail: MailEmulator
  identity: IdentityEmulator
  faults: FaultBoard
  stats: Stats
}

type Surroundings = { settings: Settings; env: Record<string, string>; pglite: PGlite; ledger: Ledger }

/** Every vendor of the store, on this machine. */
export function createEmulators({ settings, env, pglite, ledger }: Surroundings): Emulators {
  const { siteUrl, servicesUrl } = settings
  const faults = createFaults()
  const mail = createMailEmulator({ ledger })
  const secret = env.STRIPE_WEBHOOK_SECRET?.split(',')[0]?.trim() ?? ''
  const webhook = { url: `${siteUrl}/stripe_webhook`, secret, enabledEvents: Object.keys(EVENT_TYPES) }
  return {
    sql: createSqlEmulator({ pglite, connectionString: databaseUrlOf(env) }),
    stripe: createStripeEmulator({ ledger, servicesUrl, webhook, faults }),
    mail,
    identity: createIdentityEmulator({ ledger, siteUrl, mail }),
    faults,
    stats: createStats(),
  }
}
