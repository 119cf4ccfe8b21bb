import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Environment } from '../../adapters/config.ts'
import { createApp } from '../../adapters/create-app.ts'
import { listen } from '../../local/listen.ts'
import { openPlatform, type Platform } from '../../local/platform.ts'
import { openSecrets } from '../../local/secrets.ts'
import { readSettings } from '../../local/settings.ts'
import { storeEnvironment } from '../../local/store-environment.ts'
import { bytesOf, openRun, readAll, sourceOf } from '../contracts/file-store-stage.ts'

/** More than Netlify Blobs takes. */
const FILE = bytesOf(20_000_001)

let folder: string
let platform: Platform
let env: Environment
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-bucket-'))
  const free = await listen(0, () => new Response())
  await free.close()
  env = { TILL_DATA_DIR: folder, PORT: String(free.port - 1) }
  platform = await openPlatform(readSettings(env), { withStore: false, report: () => {} })
})
afterAll(async () => {
  await platform.stop()
  await rm(folder, { recursive: true })
})

describe('the bucket of the local services', () => {
  it('takes a large file offline, hands it out by a link, and keeps it over a restart', async () => {
    const { s3 } = createApp({ env: platform.env }).files
    await s3.write('files/large', sourceOf(FILE), openRun().run)
    await platform.stop()
    platform = await openPlatform(readSettings(env), { withStore: false, report: () => {} })
    const link = await s3.link('files/large', { filename: 'large.zip', seconds: 60 })
    expect(link?.startsWith(`${platform.settings.servicesUrl}/s3/`)).toBe(true)
    const answer = await fetch(link ?? '')
    expect(answer.headers.get('content-disposition')).toContain('large.zip')
    expect(Buffer.compare((await readAll(answer.body)) ?? Buffer.alloc(0), FILE)).toBe(0)
  })

  it('lets nobody in without a signature', async () => {
    const address = `${platform.settings.servicesUrl}/s3/till-files/files/large`
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) expect((await fetch(address, { method })).status).toBe(403)
    expect((await fetch(`${platform.settings.servicesUrl}/s3/%zz`)).status).toBe(400)
  })
})

describe('storeEnvironment', () => {
  const environmentOf = (set: Environment) =>
    storeEnvironment(readSettings({ ...env, ...set }), openSecrets(join(folder, 'secrets.json')))

  it('mixes no bucket of the person with that of the local services', () => {
    const theirs = environmentOf({ FILES_S3_ENDPOINT: 'https://s3.eu-central-1.amazonaws.com' })
    expect(Object.keys(theirs).filter((name) => name.startsWith('FILES_S3_'))).toEqual(['FILES_S3_ENDPOINT'])
    expect(environmentOf({})).toMatchObject({ FILES_S3_BUCKET: 'till-files', FILES_S3_STYLE: 'path' })
  })

  it("keeps a token for the deployed shop's Blobs outside", () => {
    const set = environmentOf({ NETLIFY_SITE_ID: 'site', NETLIFY_AUTH_TOKEN: 'nfp_1' })
    expect(Object.keys(set).filter((name) => /^NETLIFY_(SITE|AUTH)/.test(name))).toEqual([])
  })
})
