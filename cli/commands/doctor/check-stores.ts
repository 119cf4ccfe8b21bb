import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { createOpenBlobs } from '../../../adapters/open-blobs.ts'
import { addressIn } from '../../../adapters/s3-place.ts'
import { readAppliedMigrations } from '../../../db/applied-migrations.ts'
import { listAffiliateLinks } from '../../../db/products.ts'
import { findLinkFault } from '../../../shop/affiliates/amazon-link.ts'
import { ask } from './ask.ts'
import { type Check, type Finding, fail, ok, type Patient, warn } from './finding.ts'

const MIGRATIONS = new URL('../../../db/migrations/', import.meta.url)

/** That the database answers, and has every table that this code wants. */
export const DATABASE_CHECK: Check = {
  name: 'database',
  run: async ({ app }) => {
    const state = await readAppliedMigrations(app.db).catch((error: unknown) => error)
    if (!state || state instanceof Error || typeof state !== 'object')
      return [
        fail(
          `The database does not answer: ${state instanceof Error ? state.message : 'no reason given'}`,
          'Look at NETLIFY_DATABASE_URL, and at the database itself.',
        ),
      ]
    const { names, at } = state as Awaited<ReturnType<typeof readAppliedMigrations>>
    const missing = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql') && !names.includes(name)).sort()
    const clock = Math.round(Math.abs(Date.now() - at.getTime()) / 1000)
    const found: Finding[] =
      clock > 30
        ? [warn(`The database's clock is ${clock} s from this machine's`, "Set this machine's clock by the network.")]
        : []
    if (missing.length === 0) return [ok(`The database answers, and has all ${names.length} migrations`), ...found]
    return [
      fail(`The database lacks ${missing.join(', ')}`, 'Deploy: the build migrates first. Or: npm run migrate'),
      ...found,
    ]
  },
}

/** That a note can be written, read and taken away: work that waits is found by such notes. */
export const BLOBS_CHECK: Check = {
  name: 'blobs',
  run: async ({ config }) => {
    const key = `doctor-${randomBytes(8).toString('hex')}`
    const signal = AbortSignal.timeout(10_000)
    try {
      const store = createOpenBlobs(config.blobsAccess)('doctor', { signal })
      await store.set(key, key)
      const text = await store.get(key, { type: 'text' })
      await store.delete(key)
      return text === key
        ? [ok('Netlify Blobs can be written and read')]
        : [fail('Netlify Blobs do not give back what was written', 'Look at Netlify’s status page.')]
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return [
        fail(
          `Netlify Blobs cannot be written: ${why}`,
          'Set NETLIFY_SITE_ID and NETLIFY_AUTH_TOKEN (docs/ENVIRONMENT.md), and see that the token is of this site’s team.',
        ),
      ]
    }
  },
}

/** That the bucket, if there is one, opens to our key and to nobody else. Browsers are sent there by a link, so CORS is not needed. */
export const BUCKET_CHECK: Check = {
  name: 'bucket',
  run: async ({ app, config, env }) => {
    if (!env.FILES_S3_BUCKET) return [ok('There is no bucket; files up to 19 MB are in Netlify Blobs')]
    return [...(await tryKey({ app })), ...(await tryStranger(config.filesS3))]
  },
}

async function tryKey({ app }: Pick<Patient, 'app'>): Promise<Finding[]> {
  try {
    await app.files.s3.stat('doctor/no-such-file')
    return [ok('The bucket opens to our key')]
  } catch (error) {
    return [
      fail(
        `The bucket does not open to our key: ${(error as Error).message}`,
        'Compare the FILES_S3_ variables with docs/DEPLOY.md.',
      ),
    ]
  }
}

async function tryStranger(place: Parameters<typeof addressIn>[0]): Promise<Finding[]> {
  const listing = addressIn(place, '')
  listing.searchParams.set('list-type', '2')
  const [list, file] = [await ask(listing.href), await ask(addressIn(place, 'doctor/no-such-file').href)]
  if (!list || !file) return [warn('The bucket did not answer a stranger', 'Run the check again.')]
  const isOpen = list.status === 200 || file.status === 200 || file.status === 404
  // A private bucket refuses before it looks for the file.
  return isOpen
    ? [
        fail(
          'The bucket is open to everybody',
          'Block all public access: whoever guesses a name gets what others pay for.',
        ),
      ]
    : [ok('The bucket is closed to strangers; it needs no CORS rule')]
}

/** That every recommendation leads to Amazon by a lawful link with a tag of the seller's. */
export const LINKS_CHECK: Check = {
  name: 'affiliate links',
  run: async ({ app }) => {
    const links = await listAffiliateLinks(app.db)
    const faults = links.flatMap(({ slug, url }) => {
      const fault = findLinkFault(url, app.shop.affiliate.tags)
      return fault
        ? [
            fail(
              `${slug}: ${fault.text}`,
              'Correct its link: npm run till -- product edit. Until then /go shows that it is not available.',
            ),
          ]
        : []
    })
    return faults.length > 0 ? faults : [ok(`${links.length} recommendations lead where they may`)]
  },
}
