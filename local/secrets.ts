import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** What one local shop signs and signs in with; made once, so that links and sessions outlive a restart. */
const Secrets = z.object({
  databasePassword: z.string(),
  blobsToken: z.string(),
  stripeKey: z.string(),
  stripeWebhookSecret: z.string(),
  resendKey: z.string(),
  resendWebhookSecret: z.string(),
  downloadTokenSecret: z.string(),
  jobPokeSecret: z.string(),
  buildHookId: z.string(),
})
export type Secrets = z.infer<typeof Secrets>

/** Reads the secrets of a data folder and makes those that it lacks; call it as the folder's owner. */
export function openSecrets(file: string): Secrets {
  const known: Partial<Secrets> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const all = { ...make(), ...known }
  // A folder of an earlier version has fewer.
  if (Object.keys(all).length > Object.keys(known).length) write(file, all)
  return readSecrets(file)
}

/** Reads the secrets of a folder that another process owns. @throws when there are none */
export function readSecrets(file: string): Secrets {
  return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
}

function make(): Secrets {
  const random = () => randomBytes(32).toString('hex')
  return {
    databasePassword: random(),
    blobsToken: random(),
    stripeKey: `sk_test_${random()}`,
    stripeWebhookSecret: `whsec_${random()}`,
    resendKey: `re_${random()}`,
    resendWebhookSecret: `whsec_${randomBytes(24).toString('base64')}`,
    downloadTokenSecret: random(),
    jobPokeSecret: random(),
    buildHookId: randomBytes(12).toString('hex'),
  }
}

/** A kill halfway must not leave half a file, which would be read as the shop's secrets for ever. */
function write(file: string, secrets: Secrets): void {
  writeFileSync(`${file}.part`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.part`, file)
}
