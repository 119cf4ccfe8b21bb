import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipFunctions } from '@netlify/zip-it-and-ship-it'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleFunctions } from '../cli/bundle-functions.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-bundles-'))
  await writeFile(join(folder, 'errors.json'), '{}')
})
afterAll(() => rm(folder, { recursive: true }))

/** Bundles a folder of functions as the build does, and asks Netlify's own packer what it sees of them. */
async function seenByNetlify(source: string, name: string) {
  const [output, packed] = [join(folder, name), join(folder, `${name}-packed`)]
  await bundleFunctions({ source, output, errorPages: join(folder, 'errors.json') })
  const functions = await zipFunctions(output, packed, { archiveFormat: 'none' })
  const seen = functions.map(({ name, routes, invocationMode, schedule, runtimeVersion, trafficRules }) => {
    const paths = routes?.map(({ pattern, methods }) => ({ pattern, methods }))
    return [name, { paths, invocationMode, schedule, runtimeVersion, trafficRules }] as const
  })
  return Object.fromEntries(seen)
}

/** Every method reaches a door: endpoint() answers 405 itself. */
const door = (pattern: string) => ({ ...STREAM, paths: [{ pattern, methods: [] }] })
/** The platform's own limit where money or mail can be abused, by address: 20 in 60 s, after our own has long spoken. */
const LIMITED = {
  trafficRules: {
    action: {
      type: 'rate_limit',
      config: {
        aggregate: { keys: [{ type: 'ip' }, { type: 'domain' }] },
        rateLimitConfig: { algorithm: 'sliding_window', windowLimit: 20, windowSize: 60 },
      },
    },
  },
}
const STREAM = {
  paths: [],
  invocationMode: 'stream',
  schedule: undefined,
  runtimeVersion: 'nodejs24.x',
  trafficRules: undefined,
}

describe('the bundles', () => {
  it('have the routes, methods, schedule and background mode that the shop relies on', async () => {
    const source = fileURLToPath(new URL('../functions', import.meta.url))
    expect(await seenByNetlify(source, 'functions')).toEqual({
      admin_change_order: door('/admin_change_order'),
      admin_change_file: door('/admin_change_file'),
      admin_change_product: door('/admin_change_product'),
      admin_finish_upload: door('/admin_finish_upload'),
      admin_picture: door('/admin_picture'),
      admin_product: door('/admin_product'),
      admin_products: door('/admin_products'),
      admin_save_product: door('/admin_save_product'),
      admin_upload: door('/admin_upload'),
      admin_upload_part: door('/admin_upload_part'),
      admin_order: door('/admin_order'),
      admin_orders: door('/admin_orders'),
      admin_rebuild: door('/admin_rebuild'),
      admin_reconcile: door('/admin_reconcile'),
      admin_redrive: door('/admin_redrive'),
      admin_refund: door('/admin_refund'),
      admin_sync: door('/admin_sync'),
      admin_today: door('/admin_today'),
      admin_work: door('/admin_work'),
      close_portal: door('/close_portal'),
      correct_email: door('/correct_email'),
      create_checkout_session: { ...door('/create_checkout_session'), ...LIMITED },
      delete_account: door('/delete_account'),
      download: door('/download'),
      get_download_link: door('/get_download_link'),
      get_entitlements: door('/get_entitlements'),
      get_my_data: door('/get_my_data'),
      get_purchases: door('/get_purchases'),
      go: door('/go/:slug'),
      healthz: door('/healthz'),
      log_click: door('/log_click'),
      open_portal_link: door('/open_portal_link'),
      redeem_access_code: door('/redeem_access_code'),
      resend_webhook: door('/resend_webhook'),
      send_access_code: door('/send_access_code'),
      send_access_link: door('/send_access_link'),
      send_portal_link: { ...door('/send_portal_link'), ...LIMITED },
      send_purchase_links: door('/send_purchase_links'),
      stripe_webhook: door('/stripe_webhook'),
      'run_jobs-background': { ...STREAM, invocationMode: 'background' },
      reconcile: { ...STREAM, schedule: '*/15 * * * *' },
      sweep_jobs: { ...STREAM, schedule: '* * * * *' },
    })
  }, 180_000)

  it('carry Stripe and Resend only where they speak to them: either is as large as all the rest', async () => {
    const source = fileURLToPath(new URL('../functions', import.meta.url))
    const output = join(folder, 'sizes')
    const bundles = await bundleFunctions({ source, output, errorPages: join(folder, 'errors.json') })
    const heavy = bundles.filter(({ bytes }) => bytes > 350_000).map(({ name }) => name)
    expect(heavy.sort()).toEqual([
      'admin_reconcile',
      'admin_refund',
      'admin_sync',
      'create_checkout_session',
      'get_entitlements',
      'go',
      'reconcile',
      'run_jobs-background',
      'stripe_webhook',
    ])
  })

  it('would show a setting that is lost on the way: Netlify drops what is not a literal without a word', async () => {
    const source = join(folder, 'lossy')
    await mkdir(source)
    const door = 'export default () => new Response()\n'
    await writeFile(
      join(source, 'constant.ts'),
      `${door}const PATH = process.argv[0]\nexport const config = { path: PATH }`,
    )
    await writeFile(join(source, 'literal.ts'), `${door}export const config = { path: '/kept', background: true }`)
    expect(await seenByNetlify(source, 'lossy-bundles')).toMatchObject({
      constant: { paths: [] },
      literal: { paths: [{ pattern: '/kept' }], invocationMode: 'background' },
    })
  }, 60_000)
})
