import type { PGlite } from '@electric-sql/pglite'
import { EVENT_TYPES } from '../shop/payments/event-types.ts'
import { createLocalBuilds, type LocalBuilds } from './builds.ts'
import { createFaults, type FaultBoard } from './faults.ts'
import { createIdentityEmulator, type IdentityEmulator } from './identity/identity-emulator.ts'
import type { Ledger } from './ledger.ts'
import { createMailEmulator, type MailEmulator } from './mail/mail-emulator.ts'
import { createS3 } from './s3/create-s3.ts'
import { LOCAL_BUCKET, LOCAL_BUCKET_PATH, localBucketKey } from './s3/local-bucket.ts'
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
  s3: ReturnType<typeof createS3>
  builds: LocalBuilds
  faults: FaultBoard
  stats: Stats
}

type Surroundings = {
  settings: Settings
  env: Record<string, string>
  pglite: PGlite
  ledger: Ledger
  bucketSecret: string
}

/** Every vendor of the store, on this machine. */
export function createEmulators({ settings, env, pglite, ledger, bucketSecret }: Surroundings): Emulators {
  const { siteUrl, servicesUrl, folders } = settings
  const faults = createFaults()
  const mailSecret = env.RESEND_WEBHOOK_SECRET
  const events = mailSecret ? { webhook: { url: `${siteUrl}/resend_webhook`, secret: mailSecret } } : {}
  const mail = createMailEmulator({ ledger, ...events })
  const secret = env.STRIPE_WEBHOOK_SECRET?.split(',')[0]?.trim() ?? ''
  const webhook = { url: `${siteUrl}/stripe_webhook`, secret, enabledEvents: Object.keys(EVENT_TYPES) }
  return {
    sql: createSqlEmulator({ pglite, connectionString: databaseUrlOf(env) }),
    stripe: createStripeEmulator({ ledger, servicesUrl, webhook, faults }),
    mail,
    identity: createIdentityEmulator({ ledger, siteUrl, mail }),
    s3: createS3({
      folder: folders.bucket,
      bucket: LOCAL_BUCKET,
      key: localBucketKey(bucketSecret),
      faults,
      basePath: LOCAL_BUCKET_PATH,
    }),
    builds: createLocalBuilds({ hookId: env.NETLIFY_BUILD_HOOK_URL?.split('/').at(-1) ?? '', faults }),
    faults,
    stats: createStats(),
  }
}
