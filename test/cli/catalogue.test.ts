import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getStore } from '@netlify/blobs'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { paperTerminal } from './paper-terminal.ts'

let platform: TestPlatform
let folder: string

beforeAll(async () => {
  platform = await startPlatform()
  folder = await mkdtemp(join(tmpdir(), 'till-catalogue-'))
  const drawing = sharp({ create: { width: 60, height: 40, channels: 3, background: '#334455' } })
  await writeFile(join(folder, 'cover.jpg'), await drawing.jpeg().toBuffer())
})
afterAll(async () => {
  await platform.close()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await platform.pglite.exec('truncate products, orders cascade; delete from jobs')
  await addDemoProducts(platform)
  // Demo data for what must not be sold; an import would refuse it.
  await platform.pglite.exec("delete from products where slug = 'evil'")
})

const path = (name: string) => join(folder, name)

async function till(args: string[], answer: boolean | null = null) {
  const paper = paperTerminal(answer)
  const code = await runTill(args, {
    commands: COMMANDS,
    terminal: paper.terminal,
    connect: (work) => work({ app: platform.app(), folder: join(folder, 'cli') }),
  })
  return { code, out: paper.out.join('\n'), err: paper.err.join('\n'), asked: paper.asked }
}

const write = (name: string, text: string) => writeFile(path(name), text)
const shown = async (slug: string) => JSON.parse((await till(['product', 'show', slug, '--json'])).out)
const everything = () => platform.rows('select to_jsonb(p) as row from products p order by id')
const empty = () => platform.pglite.exec('truncate products cascade')

async function decorate() {
  const image = ['--image', path('cover.jpg'), '--alt', 'A cover: it’s blue']
  expect((await till(['product', 'edit', 'book', ...image, '--tags', 'a,b', '--badges', 'New, =Old'])).code).toBe(0)
  expect((await till(['product', 'edit', 'print', '--slug', 'poster', '--description', '# Yes\r\n\n- no'])).code).toBe(
    0,
  )
  expect((await till(['product', 'move', 'yen', 'first'])).code).toBe(0)
}

describe.each(['catalogue.yaml', 'catalogue.csv'])('till export and import of %s', (name) => {
  it('bring the whole catalogue into an empty shop, pictures and earlier addresses included', async () => {
    await decorate()
    const before = await everything()
    const addresses = await platform.rows('select * from slug_changes')
    expect(await till(['export', path(name), '--pictures'])).toMatchObject({
      code: 0,
      out: `7 products are in ${path(name)}.`,
    })
    const text = await readFile(path(name), 'utf8')
    await empty()
    await getStore('product-images').deleteAll()
    expect(await till(['import', path(name)])).toMatchObject({
      code: 0,
      out: expect.stringContaining('7 new, 0 changed'),
    })
    expect(await everything()).toEqual(before)
    expect(await platform.rows('select * from slug_changes')).toEqual(addresses)
    const [{ sha256 }] = (await shown('book')).images
    expect(await getStore('product-images').get(sha256)).not.toBeNull()
    await till(['export', path(`again-${name}`)])
    expect(await readFile(path(`again-${name}`), 'utf8')).toBe(text)
  })

  it('change nothing more the second time, and ask nothing', async () => {
    await decorate()
    await till(['export', path(name)])
    const before = await everything()
    const again = await till(['import', path(name)])
    expect(again).toMatchObject({ code: 0, out: '0 new, 0 changed, 7 as they are.', asked: [] })
    expect(await everything()).toEqual(before)
  })
})

describe('till import', () => {
  it('adds a product from the little that a person writes', async () => {
    await write(
      'new.yaml',
      'products:\n  - title: Twelve quiet rooms\n    price: 9.00\n    images: [{ file: cover.jpg, alt: An empty room }]\n',
    )
    expect(await till(['import', path('new.yaml')])).toMatchObject({
      code: 0,
      out: expect.stringContaining('+ twelve-quiet-rooms'),
    })
    expect(await shown('twelve-quiet-rooms')).toMatchObject({
      status: 'draft',
      type: 'direct',
      price: '9.00',
      currency: 'eur',
      images: [{ alt: 'An empty room', width: 60, height: 40 }],
      changes: [{ actor: 'seller' }],
    })
  })

  it('changes what a file names, after a yes, and leaves everything else alone', async () => {
    await write('prices.csv', 'slug;price;tags\nbook;21.00;"wall\na2"\nyen;1500;\n')
    const others = (await everything()).filter((row) => !JSON.stringify(row).includes('"slug": "book"')).length
    const refused = await till(['import', path('prices.csv')], false)
    expect([refused.code, refused.asked, refused.out]).toEqual([
      1,
      [`Change 1 products that are there, on ${platform.siteUrl}?`],
      '~ book: tags, unit_amount',
    ])
    expect((await till(['import', path('prices.csv')])).code).toBe(2)
    expect((await till(['import', path('prices.csv'), '--yes'])).out).toContain('0 new, 1 changed, 1 as they are')
    expect(await shown('book')).toMatchObject({
      price: '21.00',
      tags: ['wall', 'a2'],
      title: 'A Book & More',
      version: 2,
    })
    expect(await everything()).toHaveLength(others)
  })

  it('writes nothing on a dry run', async () => {
    await write('prices.csv', 'slug,price\nbook,21.00\nnew-one,5\n')
    const before = await everything()
    const { code, err } = await till(['import', path('prices.csv'), '--dry-run'])
    expect([code, err]).toEqual([1, expect.stringContaining('new-one, title: The title is missing.')])
    await write('prices.csv', 'slug,price,title\nbook,21.00,\nnew-one,5,New\n')
    expect((await till(['import', path('prices.csv'), '--dry-run'])).err).toContain(
      'book, title: The title is missing.',
    )
    await write('prices.csv', 'slug,price\nbook,21.00\n')
    const dry = await till(['import', path('prices.csv'), '--dry-run'])
    expect([dry.code, dry.out, dry.err]).toEqual([
      0,
      '~ book: unit_amount',
      '0 new, 1 changed, 0 as they are. Nothing was written.',
    ])
    expect(await everything()).toEqual(before)
  })

  it('tells every fault of a file by product and field, and writes nothing of it', async () => {
    await write(
      'bad.yaml',
      `products:
  - { title: Fine, price: "5" }
  - { title: Fine, price: "6" }
  - { slug: book, price: "1.900" }
  - { id: prd_book_of_mine, slug: print, price: "5" }
  - { slug: tool, type: direct, price: "5", currency: eur, link: "" }
  - { title: Pen, link: "https://amzn.to/x" }
  - { title: Odd, price: "5", colour: red, status: sold }
  - { title: Bare, price: "5", images: [{ sha256: ${'a'.repeat(64)}, alt: A, width: "5", height: "5", content_type: image/png }] }
`,
    )
    const before = await everything()
    const { code, err } = await till(['import', path('bad.yaml'), '--yes'])
    expect(code).toBe(1)
    expect(err.split('\n')).toEqual([
      'book, price: 1.900 can be read in two ways: write 1900 or 1.90.',
      'print, slug: It belongs to prd_print here, and the file says prd_book_of_mine.',
      expect.stringContaining('tool, type: It is affiliate here'),
      expect.stringContaining('Pen, link: https://amzn.to/x hides where it leads'),
      'Odd, status: It is draft, published or retired.',
      'fine: two products of the file would have this address.',
      expect.stringContaining('bare: picture aaaaaaaaaaaa… is neither in the shop nor in the folder pictures'),
      'Nothing was written.',
    ])
    expect(await everything()).toEqual(before)
  })

  it('takes no file that it cannot read, and no damaged picture', async () => {
    await write('bad.yaml', 'products: {}')
    expect((await till(['import', path('bad.yaml')])).err).toContain('no list called products')
    await writeFile(path('latin.csv'), Buffer.from([0x73, 0x6c, 0x75, 0x67, 0x0a, 0xe9, 0x0a]))
    expect((await till(['import', path('latin.csv')])).err).toContain('not text in UTF-8')
    expect((await till(['import', path('catalogue.xls')])).code).toBe(2)
    expect((await till(['import', path('none.csv')])).err).toContain('There is no file')
    await decorate()
    await till(['export', path('hurt.yaml'), '--pictures'])
    await getStore('product-images').deleteAll()
    await empty()
    for (const name of await readdir(path('pictures'))) await write(`pictures/${name}`, 'something else')
    expect((await till(['import', path('hurt.yaml')])).err).toContain('is damaged')
    expect(await everything()).toEqual([])
  })

  it('never mails anybody; of jobs it makes the one that builds the pages', async () => {
    await decorate()
    await till(['export', path('all.yaml'), '--pictures'])
    await empty()
    await platform.pglite.exec('delete from jobs; delete from emails')
    expect((await till(['import', path('all.yaml')])).code).toBe(0)
    expect(await platform.rows('select kind from jobs')).toEqual([{ kind: 'build_site' }])
    expect(await platform.rows('select id from emails')).toEqual([])
  })
})
