import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getStore } from '@netlify/blobs'
import sharp from 'sharp'
import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { addDemoProducts, BOOK } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { buy } from '../support/sale.ts'
import { paperTerminal } from './paper-terminal.ts'

/** Every table is in one of these lists, so that a new one cannot be forgotten. */
const COPIED = [
  'products',
  'product_files',
  'product_changes',
  'slug_changes',
  'orders',
  'order_items',
  'order_changes',
  'refunds',
  'refund_requests',
  'disputes',
  'downloads',
  'emails',
  'mail_addresses',
]
const LEFT = [
  'access_codes',
  'affiliate_clicks',
  'checkouts',
  'day_figures',
  'figure_changes',
  'jobs',
  'migrations',
  'order_transitions',
  'portal_links',
  'portal_sessions',
  'rate_limits',
  'site_build',
  'unknown_sessions',
  'worker_slots',
]

let platform: TestPlatform
let folder: string
let copies = 0

beforeAll(async () => {
  platform = await startPlatform()
  folder = await mkdtemp(join(tmpdir(), 'till-copy-'))
  await writeFile(
    join(folder, 'cover.png'),
    await sharp({ create: { width: 60, height: 40, channels: 3, background: '#334455' } })
      .png()
      .toBuffer(),
  )
  await fillShop()
})
afterAll(async () => {
  await platform.close()
  await rm(folder, { recursive: true })
})

async function till(args: string[], answer: boolean | null = null) {
  const paper = paperTerminal(answer)
  const code = await runTill(args, {
    commands: COMMANDS,
    terminal: paper.terminal,
    connect: (work) => work({ app: platform.app(), folder: join(folder, 'cli') }),
  })
  return { code, out: paper.out.join('\n'), err: paper.err.join('\n'), asked: paper.asked }
}

/** Sales of all fates, and a catalogue with a history. */
async function fillShop(): Promise<void> {
  await addDemoProducts(platform)
  const image = ['--image', join(folder, 'cover.png'), '--alt', 'A cover']
  expect((await till(['product', 'edit', 'book', '--price', '21', ...image])).code).toBe(0)
  expect((await till(['product', 'edit', 'print', '--slug', 'poster'])).code).toBe(0)
  await writeFile(join(folder, 'second.pdf'), `%PDF second ${'x'.repeat(500)}`)
  expect((await till(['file', 'push', 'book', join(folder, 'second.pdf'), '--changelog', 'More'])).code).toBe(0)
  const sessions: string[] = []
  for (const slug of ['book', 'poster', 'free', 'yen', 'book'])
    sessions.push(await buy(platform, slug, { email: `${slug}@example.com` }))
  await settle()
  const stripe = new Stripe('sk_test_0123456789abcdef', {
    host: 'localhost',
    protocol: 'http',
    port: new URL(platform.servicesUrl).port,
  })
  const [first = '', second = ''] = sessions
  const intentOf = async (id: string) => String((await stripe.checkout.sessions.retrieve(id)).payment_intent)
  await stripe.refunds.create({ payment_intent: await intentOf(first), amount: 500 })
  await stripe.refunds.create({ payment_intent: await intentOf(second) })
  await settle()
  const [order] = await platform.rows<{ id: string }>("select id from orders where email = 'yen@example.com'")
  await till(['order', 'set-email', order?.id ?? '', 'new@example.com', '--yes'])
  await platform.pglite.exec(`
    insert into downloads (jti, order_item_id, file_id)
      select 'jti_' || i.id, i.id, f.id from order_items i join product_files f on f.product_id = i.product_id and f.version = 1;
    insert into mail_addresses (address, state, observed_at) values ('gone@example.com', 'bounced', now());
    insert into refund_requests (id, order_id, amount, currency, actor) select 'rfq_open1', id, 100, currency, 'seller' from orders limit 1;
    insert into emails (id, kind) values ('seller_digest:1', 'seller_sale');
    insert into emails (id, kind, told_in) values ('seller_a:1', 'seller_sale', 'seller_digest:1')`)
}

async function settle(): Promise<void> {
  await platform.stripe.deliverDue()
  await platform.work()
}

async function table(name: string): Promise<string[]> {
  const rows = await platform.rows<{ row: string }>(
    `select (to_jsonb(t) - 'id_of_no_table')::text as row from ${name} t`,
  )
  return rows.map(({ row }) => row).sort()
}

/** Numbers that a table gives itself are no part of a copy. */
const withoutNumber = (rows: string[]) => rows.map((row) => row.replace(/"id": \d+, ?/, '')).sort()

async function everything(): Promise<Record<string, string[]>> {
  const all = await Promise.all(COPIED.map(async (name) => [name, withoutNumber(await table(name))] as const))
  return Object.fromEntries(all)
}

async function emptyShop(): Promise<void> {
  await platform.pglite.exec(`truncate ${COPIED.join(', ')}, jobs, access_codes, affiliate_clicks cascade`)
  for (const store of ['product-files', 'product-images']) await getStore(store).deleteAll()
}

const copyTo = async () => {
  const path = join(folder, `copy-${++copies}`)
  const { code, out, err } = await till(['shop', 'export', path])
  expect([code, out, err]).toEqual([0, `8 products and 5 orders are in ${path}.`, ''])
  return path
}

describe('the lists of this test', () => {
  it('name every table of the shop', async () => {
    const rows = await platform.rows<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    )
    expect(rows.map(({ name }) => name).sort()).toEqual([...COPIED, ...LEFT].sort())
  })
})

describe('till shop export and import', () => {
  let before: Record<string, string[]>
  let entitled: string[]
  let mails: number
  let copy: string

  beforeEach(async () => {
    if (copy) return
    before = await everything()
    entitled = await table('entitlements')
    mails = (await platform.mails()).length
    copy = await copyTo()
  })

  it('bring catalogue, orders and entitlements into an empty shop, as they were', async () => {
    expect(entitled.length).toBeGreaterThan(3)
    await emptyShop()
    expect((await till(['shop', 'import', copy, '--dry-run'])).out).toContain('Nothing was written')
    expect(await table('products')).toEqual([])
    const done = await till(['shop', 'import', copy], true)
    expect([done.code, done.out]).toEqual([0, '8 products and 5 orders came in; the others were here already.'])
    expect(await table('entitlements')).toEqual(entitled)
    const after = await everything()
    for (const name of COPIED.filter((one) => one !== 'emails' && one !== 'refund_requests'))
      expect(after[name], name).toEqual(before[name])
    expect(before.order_changes?.length).toBeGreaterThan(0)
    expect(before.refunds).toHaveLength(2)
  })

  it('bring the bytes of files and pictures, so that what was bought can be fetched', async () => {
    expect(await getStore('product-files').get(`files/${BOOK.sha256}`, { type: 'arrayBuffer' })).toEqual(
      BOOK.bytes.buffer.slice(0, BOOK.bytes.byteLength),
    )
    const [row] = await platform.rows<{ sha256: string }>(
      "select images -> 0 ->> 'sha256' as sha256 from products where slug = 'book'",
    )
    expect(await platform.app().pictures.read(row?.sha256 ?? '')).not.toBeNull()
    expect((await till(['file', 'list', 'book', '--json'])).out).toContain('"changelog": "More"')
  })

  it('mail nobody, make no job but the one that builds the pages, and ask for no refund', async () => {
    expect(await platform.rows('select distinct kind from jobs')).toEqual([{ kind: 'build_site' }])
    expect(
      await platform.rows("select state, reason is not null as told from refund_requests where id = 'rfq_open1'"),
    ).toEqual([{ state: 'refused', told: true }])
    expect(
      await platform.rows('select id from emails where sent_at is null and told_in is null and voided_at is null'),
    ).toEqual([])
    await platform.pglite.exec("update jobs set due_at = now() - interval '1 hour' where kind <> 'build_site'")
    await settle()
    expect(await platform.mails()).toHaveLength(mails)
  })

  it('send no second receipt when Stripe tells of an old sale again', async () => {
    const sold = await platform.rows<{ id: string }>('select stripe_session_id as id from orders')
    for (const [index, { id }] of sold.entries())
      await platform.pglite.query(
        "insert into jobs (id, kind, payload) values ($1, 'sync_order', jsonb_build_object('stripe_session_id', $2::text))",
        [`again_${index}`, id],
      )
    await platform.work()
    expect(await platform.rows("select id from jobs where id like 'again%' and state <> 'done'")).toEqual([])
    expect(await platform.mails()).toHaveLength(mails)
    expect(await table('entitlements')).toEqual(entitled)
  })

  it('change nothing the second time', async () => {
    const now = await everything()
    expect((await till(['shop', 'import', copy, '--yes'])).out).toBe(
      '0 products and 0 orders came in; the others were here already.',
    )
    expect(await everything()).toEqual(now)
  })

  it('go on where an import was interrupted', async () => {
    await platform.pglite.exec(`truncate orders cascade; truncate emails cascade`)
    expect((await till(['shop', 'import', copy, '--yes'])).out).toContain('0 products and 5 orders')
    expect(await table('entitlements')).toEqual(entitled)
  })

  it('refuse a shop that has something of its own, and say no without a yes', async () => {
    expect((await till(['shop', 'import', copy])).code).toBe(2)
    expect((await till(['shop', 'import', copy], false)).code).toBe(1)
    await platform.pglite.exec(
      "insert into products (id, slug, type, title, unit_amount, currency) values ('prd_mine', 'mine', 'direct', 'Mine', 100, 'eur')",
    )
    expect(await till(['shop', 'import', copy, '--yes'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('such as prd_mine'),
    })
    await platform.pglite.exec("delete from products where id = 'prd_mine'")
  })

  it('keep the copy for its owner’s eyes, and write over nothing', async () => {
    expect((await stat(copy)).mode & 0o077).toBe(0)
    expect((await stat(join(copy, 'orders.jsonl'))).mode & 0o077).toBe(0)
    expect((await till(['shop', 'export', copy])).err).toContain('is not empty')
  })

  it('take no copy that is damaged, unfinished or of another version', async () => {
    const orders = await readFile(join(copy, 'orders.jsonl'), 'utf8')
    await writeFile(join(copy, 'orders.jsonl'), orders.replace('example.com', 'example.org'))
    expect((await till(['shop', 'import', copy, '--yes'])).err).toContain('orders.jsonl is damaged')
    await writeFile(join(copy, 'orders.jsonl'), orders)
    const manifest = await readFile(join(copy, 'shop.json'), 'utf8')
    await writeFile(
      join(copy, 'shop.json'),
      manifest.replace(/"migration": "[^"]*"/, '"migration": "0009_line_amounts.sql"'),
    )
    expect((await till(['shop', 'import', copy, '--yes'])).err).toContain('at migration 0009_line_amounts.sql')
    await rm(join(copy, 'shop.json'))
    expect((await till(['shop', 'import', copy, '--yes'])).err).toContain('no whole copy')
    await writeFile(join(copy, 'shop.json'), manifest)
    const [file = ''] = await readdir(join(copy, 'files'))
    await writeFile(join(copy, 'files', file), 'something else')
    await emptyShop()
    expect((await till(['shop', 'import', copy, '--yes'])).err).toContain('is damaged')
    expect(await table('products')).toEqual([])
  })
})
