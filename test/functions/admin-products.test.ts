import { createHash, randomBytes } from 'node:crypto'
import { getStore } from '@netlify/blobs'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PART_BYTES } from '../../shop/catalogue/upload-parts.ts'
import { signInAsAdmin } from '../support/admin.ts'
import { addDemoProducts, BOOK } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { postAs } from '../support/sale.ts'

let platform: TestPlatform
let cookie: string

beforeAll(async () => {
  platform = await startPlatform()
  cookie = await signInAsAdmin(platform)
})
afterAll(() => platform.close())
beforeEach(async () => {
  await platform.pglite.exec('truncate products, orders cascade')
  await getStore('uploads').deleteAll()
  await addDemoProducts(platform)
})

/** What the doors of the products answer, each some of it. */
type Answer = {
  state?: string
  product?: object
  faults?: Record<string, string>
  products?: { slug: string }[]
  next?: object | null
  files?: object[]
  changes?: object[]
}

async function ask(door: string, body: unknown) {
  const answer = await postAs(platform, door, body, { cookie })
  return { status: answer.status, body: (await answer.json()) as Answer }
}

const FIELDS = {
  type: 'direct',
  slug: 'new',
  title: 'New',
  summary: '',
  description: '',
  price: '5',
  currency: 'eur',
  link: '',
  category: '',
  tags: [],
  badges: [],
  licence: '',
  images: [],
  samples: [],
}
const save = (version: number, fields: Record<string, unknown>, product_id = 'prd_book') =>
  ask('/admin_save_product', { product_id, version, fields })

describe('admin_save_product', () => {
  it('adds a draft, and notes which admin did', async () => {
    const { status, body } = await ask('/admin_save_product', { fields: FIELDS })
    expect([status, body.state]).toEqual([200, 'saved'])
    expect(body.product).toMatchObject({ ...FIELDS, price: '5.00', status: 'draft', version: 1 })
    expect(await platform.rows('select actor from product_changes')).toEqual([{ actor: 'seller@example.com' }])
  })

  it('says beside each field what is wrong, and writes nothing', async () => {
    const { status, body } = await save(1, { title: '', price: '1.900' })
    expect([status, body.state, Object.keys(body.faults ?? {})]).toEqual([400, 'invalid', ['title']])
    expect((await save(1, { price: '1.900' })).body.faults).toEqual({ price: expect.stringContaining('two ways') })
    expect((await save(1, { slug: 'print' })).body.faults).toEqual({ slug: expect.stringContaining('Choose another') })
    expect((await save(1, { unit_amount: 1 })).body.faults).toEqual({ unit_amount: 'There is no such field.' })
    expect((await platform.rows("select version from products where id = 'prd_book'"))[0]).toEqual({ version: 1 })
  })

  it('tells the second of two editors who was faster and with what, and loses nothing of either', async () => {
    expect((await save(1, { title: 'First' })).body.state).toBe('saved')
    const late = await save(1, { title: 'Second', price: '21' })
    expect(late).toMatchObject({
      status: 409,
      body: {
        state: 'conflict',
        product: { title: 'First', version: 2, price: '19.00' },
        changes: [{ actor: 'seller@example.com', version: 2, change: { title: { to: 'First' } } }],
      },
    })
    expect((await save(2, { title: 'Second', price: '21' })).body.product).toMatchObject({
      title: 'Second',
      version: 3,
    })
  })

  it('lets exactly one of many win who save at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, index) => save(1, { title: `Title ${index}` })))
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(outcomes.filter(({ status }) => status === 409)).toHaveLength(7)
  })

  it('takes a long description, and no book', async () => {
    expect((await save(1, { description: 'ü'.repeat(50_000) })).status).toBe(200)
    expect((await save(2, { description: 'ü'.repeat(50_001) })).body.faults).toHaveProperty('description')
    expect((await save(2, { description: 'x'.repeat(500_000) })).status).toBe(413)
  })

  it('knows no product that is not there', async () => {
    expect((await save(1, { title: 'x' }, 'prd_none')).status).toBe(404)
  })
})

describe('admin_change_product', () => {
  const change = (fields: Record<string, unknown>) => ask('/admin_change_product', fields)
  const publish = (more = {}) => change({ product_id: 'prd_draft', version: 1, action: 'publish', ...more })

  it('publishes, and asks the shop to build', async () => {
    await platform.pglite.exec('delete from jobs')
    expect((await publish()).body).toMatchObject({ state: 'saved', product: { status: 'published', version: 2 } })
    expect((await platform.rows<{ kind: string }>('select kind from jobs')).map(({ kind }) => kind)).toContain(
      'build_site',
    )
  })

  it('publishes nothing that buyers would get nothing for, unless told to', async () => {
    await platform.pglite.exec("delete from product_files where product_id = 'prd_draft'")
    expect(await publish()).toMatchObject({ status: 409, body: { state: 'unready' } })
    expect((await publish({ without_files: true })).body.state).toBe('saved')
  })

  it('retires, and tells who was faster', async () => {
    expect((await change({ product_id: 'prd_book', version: 1, action: 'retire' })).body.product).toMatchObject({
      status: 'retired',
    })
    expect(await change({ product_id: 'prd_book', version: 1, action: 'retire' })).toMatchObject({ status: 409 })
  })

  it('moves a product next to another', async () => {
    const slugs = async () => ((await ask('/admin_products', {})).body.products ?? []).map(({ slug }) => slug)
    expect(
      (await change({ product_id: 'prd_inyen', action: 'move', place: 'before', other_id: 'prd_book' })).status,
    ).toBe(200)
    const order = await slugs()
    expect(order.indexOf('yen') + 1).toBe(order.indexOf('book'))
    expect(
      (await change({ product_id: 'prd_inyen', action: 'move', place: 'before', other_id: 'prd_none' })).status,
    ).toBe(404)
  })
})

describe('admin_change_file', () => {
  it('takes a version from everybody, gives it back, and notes who did', async () => {
    const change = (action: string) => ask('/admin_change_file', { file_id: 'fil_prd_book', action })
    const stateOf = async () => (await ask('/admin_product', { product_id: 'prd_book' })).body
    expect((await change('withdraw')).body).toEqual({ state: 'done' })
    expect((await stateOf()).files).toMatchObject([{ state: 'withdrawn' }])
    expect((await change('withdraw')).body).toEqual({ state: 'unchanged' })
    expect((await change('restore')).body).toEqual({ state: 'done' })
    const { files, changes } = await stateOf()
    expect(files).toMatchObject([{ state: 'current' }])
    expect(changes).toMatchObject([
      { actor: 'seller@example.com', change: { restored: { to: `${BOOK.filename}, main version 1` } } },
      { actor: 'seller@example.com', change: { withdrawn: { to: `${BOOK.filename}, main version 1` } } },
    ])
  })
})

describe('admin_products', () => {
  it('lists in pages, by words and by state', async () => {
    await platform.pglite.exec(`insert into products (id, slug, type, title, unit_amount, currency, position)
      select 'prd_many' || n, 'many-' || n, 'direct', 'Many ' || n, 100, 'eur', 100 + n from generate_series(1, 60) n`)
    const first = (await ask('/admin_products', {})).body
    expect(first.products).toHaveLength(50)
    const second = (await ask('/admin_products', { after: first.next })).body
    expect([second.products?.length, second.next]).toEqual([18, null])
    const found = (await ask('/admin_products', { search: 'book', state: 'published' })).body
    expect(found.products).toMatchObject([{ slug: 'book', files: 1, unit_amount: 1900 }])
  })
})

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const FILE = randomBytes(PART_BYTES + 1_000)
const WHOLE = { sha256: sha256Of(FILE), size_bytes: FILE.length }
const partOf = (number: number, file: Buffer = FILE) => file.subarray((number - 1) * PART_BYTES, number * PART_BYTES)

async function sendPart(part: number, bytes: Uint8Array = partOf(part), whole = WHOLE): Promise<number> {
  const query = `?sha256=${whole.sha256}&size=${whole.size_bytes}&part=${part}`
  const headers = { 'content-type': 'application/octet-stream', 'sec-fetch-site': 'same-origin', cookie }
  const body = new Uint8Array(bytes)
  return (await fetch(`${platform.siteUrl}/admin_upload_part${query}`, { method: 'POST', body, headers })).status
}
const finishFile = (more = {}) =>
  ask('/admin_finish_upload', {
    ...{ ...WHOLE, use: 'file', product_id: 'prd_book', slot: 'main', filename: 'Größe.zip', changelog: 'More' },
    ...more,
  })
const begin = async () => (await ask('/admin_upload', WHOLE)).body

describe('uploads', () => {
  it('bring a file in parts, go on where they stopped, and publish it once', async () => {
    expect(await begin()).toEqual({ parts: [], part_bytes: PART_BYTES })
    expect(await sendPart(2)).toBe(200)
    expect(await begin()).toEqual({ parts: [2], part_bytes: PART_BYTES })
    expect(await finishFile()).toMatchObject({ status: 409, body: { state: 'parts_missing' } })
    expect([await sendPart(1), await sendPart(1)]).toEqual([200, 200])
    expect(await finishFile()).toEqual({ status: 200, body: { version: 2, is_new: true } })
    expect(await finishFile()).toEqual({ status: 200, body: { version: 2, is_new: false } })
    expect(await begin()).toMatchObject({ parts: [] })
    const { body } = await ask('/admin_product', { product_id: 'prd_book' })
    expect(body.files).toMatchObject([
      { filename: 'Größe.zip', version: 2, state: 'current', size_bytes: FILE.length, changelog: 'More' },
      { version: 1, state: 'earlier' },
    ])
    expect(body.changes).toMatchObject([
      { actor: 'seller@example.com', change: { file: { to: 'Größe.zip, main version 2' } } },
    ])
    const kept = await getStore('product-files').get(`files/${WHOLE.sha256}`, { type: 'arrayBuffer' })
    expect(sha256Of(new Uint8Array(kept))).toBe(WHOLE.sha256)
  })

  it('take no part that is too short, too long, or of another file', async () => {
    await begin()
    expect(await sendPart(1, partOf(1).subarray(1))).toBe(400)
    expect(await sendPart(2, partOf(1))).toBe(400)
    expect(await sendPart(3, partOf(2))).toBe(400)
    expect(await sendPart(0, partOf(1))).toBe(400)
    expect(await sendPart(1, Buffer.concat([partOf(1), Buffer.from('x')]))).toBe(413)
    expect(await sendPart(1, partOf(1), { ...WHOLE, sha256: '../x' })).toBe(400)
    expect(await begin()).toMatchObject({ parts: [] })
  })

  it('forget parts that do not add up to the file, and say so', async () => {
    await getStore('product-files').delete(`files/${WHOLE.sha256}`)
    await begin()
    const damaged = Buffer.from(partOf(2))
    damaged[0] = (damaged[0] ?? 0) ^ 1
    await sendPart(1)
    await sendPart(2, damaged)
    expect(await finishFile()).toMatchObject({ status: 409, body: { state: 'damaged' } })
    expect(await begin()).toMatchObject({ parts: [] })
    expect(await platform.rows("select version from product_files where product_id = 'prd_book'")).toEqual([
      { version: 1 },
    ])
  })

  it('refuse names that cannot be, products without files, and files that are too large', async () => {
    expect((await finishFile({ filename: '../x' })).status).toBe(400)
    expect((await finishFile({ slot: 'Main Slot' })).status).toBe(400)
    expect((await finishFile({ product_id: 'prd_tool' })).status).toBe(404)
    expect((await ask('/admin_upload', { ...WHOLE, size_bytes: 19_000_001 })).status).toBe(400)
  })

  it('send nothing twice that the store has already', async () => {
    const book = { sha256: BOOK.sha256, size_bytes: BOOK.bytes.length, product_id: 'prd_print', slot: 'other' }
    await getStore('product-files').set(`files/${BOOK.sha256}`, new Blob([BOOK.bytes]), {
      metadata: { size_bytes: BOOK.bytes.length, sha256: BOOK.sha256 },
    })
    expect(await finishFile(book)).toEqual({ status: 200, body: { version: 1, is_new: true } })
  })

  it('make a picture of what is one, by its content, and give it back', async () => {
    const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#456' } })
      .webp()
      .toBuffer()
    const whole = { sha256: sha256Of(picture), size_bytes: picture.length }
    await ask('/admin_upload', whole)
    await sendPart(1, picture, whole)
    const made = await ask('/admin_finish_upload', { ...whole, use: 'picture' })
    expect(made.body).toEqual({ picture: { sha256: whole.sha256, width: 30, height: 20, content_type: 'image/webp' } })
    expect(await ask('/admin_finish_upload', { ...whole, use: 'picture' })).toEqual(made)
    const shown = await postAs(platform, '/admin_picture', { sha256: whole.sha256 }, { cookie })
    expect([shown.headers.get('content-type'), (await shown.arrayBuffer()).byteLength]).toEqual([
      'image/webp',
      picture.length,
    ])
    expect((await postAs(platform, '/admin_picture', { sha256: 'b'.repeat(64) }, { cookie })).status).toBe(404)
  })

  it('make no picture of a file that only says it is one', async () => {
    const fake = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    const whole = { sha256: sha256Of(fake), size_bytes: fake.length }
    await ask('/admin_upload', whole)
    await sendPart(1, fake, whole)
    expect(await ask('/admin_finish_upload', { ...whole, use: 'picture' })).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('no JPEG') } },
    })
    expect(await getStore('product-images').get(whole.sha256)).toBeNull()
  })

  it('clear away what nobody went on with', async () => {
    await begin()
    await sendPart(1)
    const app = platform.app()
    await app.uploads.sweep(new Date(Date.now() - 60_000))
    expect(await begin()).toMatchObject({ parts: [1] })
    await app.uploads.sweep(new Date(Date.now() + 60_000))
    expect((await getStore('uploads').list()).blobs).toEqual([])
  })
})
