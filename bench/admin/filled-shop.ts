import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setEnvironmentContext } from '@netlify/blobs'
import { BlobsServer } from '@netlify/blobs/server'
import { createApp } from '../../adapters/create-app.ts'
import { fillOrders } from '../../cli/commands/demo/fill-orders.ts'
import { migrate } from '../../db/migrate.ts'
import { startPostgres } from '../../test/support/postgres.ts'

export type FilledShop = Awaited<ReturnType<typeof openShop>>

/** A shop on a PostgreSQL of its own, with ten products of each kind, and no order yet. */
export async function openShop() {
  const postgres = await startPostgres()
  const folder = await mkdtemp(join(tmpdir(), 'till-bench-admin-'))
  const blobs = new BlobsServer({ directory: folder, token: 'bench' })
  const { port } = await blobs.start()
  const edgeURL = `http://localhost:${port}`
  setEnvironmentContext({ siteID: 'bench', token: 'bench', edgeURL, uncachedEdgeURL: edgeURL, deployID: 'bench' })
  await migrate(postgres.target)
  await postgres.target.batch(PRODUCTS)
  const secret = 'a secret of this measurement, 32 bytes'
  const env = {
    NETLIFY_DATABASE_URL: postgres.connectionString,
    NEON_SQL_ENDPOINT: postgres.endpoint,
    DOWNLOAD_TOKEN_SECRET: secret,
  }
  const app = createApp({
    env: { ...env, SITE_URL: 'http://localhost:1', STRIPE_SECRET_KEY: 'sk_test_0123456789abcdef' },
  })
  return {
    app,
    postgres,
    /** Fills up to so many orders and ten times as many clicks, as `till demo` does. */
    async fill(orders: number): Promise<void> {
      await fillOrders(
        app,
        { orders, clicks: orders * 10 },
        { terminal: { progress: () => undefined, stopping: new AbortController().signal } },
      )
      await postgres.target.batch(['analyze'])
    },
    async close() {
      await blobs.stop()
      await postgres.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const PRODUCTS = [
  `insert into products (id, slug, type, status, title, unit_amount, currency)
   select 'prd_direct' || i, 'direct-' || i, 'direct', 'published', 'Product ' || i, 500 + i * 100, case i % 5 when 0 then 'usd' else 'eur' end
   from generate_series(1, 10) i`,
  `insert into products (id, slug, type, status, title, affiliate_url)
   select 'prd_affiliate' || i, 'affiliate-' || i, 'affiliate', 'published', 'Recommended ' || i, 'https://www.amazon.com/dp/B00000000' || i % 10
   from generate_series(1, 10) i`,
  `insert into product_files (id, product_id, filename, content_type, size_bytes, sha256, key)
   select 'fil_direct' || i, 'prd_direct' || i, 'a.pdf', 'application/pdf', 1, repeat('a', 64), 'a' from generate_series(1, 10) i`,
]
