import { mkdtemp, rm, writeFile } from 'node:fs/promises'
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
  folder = await mkdtemp(join(tmpdir(), 'till-products-'))
  const drawing = sharp({ create: { width: 60, height: 40, channels: 3, background: '#334455' } })
  await writeFile(join(folder, 'cover.jpg'), await drawing.clone().jpeg().toBuffer())
  await writeFile(join(folder, 'back.dat'), await drawing.clone().webp().toBuffer())
  await writeFile(join(folder, 'cut.png'), (await drawing.clone().png().toBuffer()).subarray(0, 60))
  await writeFile(join(folder, 'page.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(folder, 'text.md'), '\ufeff# About\r\n\r\nIt *is*.')
})
afterAll(async () => {
  await platform.close()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await platform.pglite.exec('truncate products, orders cascade')
  await addDemoProducts(platform)
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

const shown = async (slug: string) => JSON.parse((await till(['product', 'show', slug, '--json'])).out)
const order = async () =>
  (JSON.parse((await till(['product', 'list', '--json'])).out) as { slug: string }[]).map(({ slug }) => slug)

describe('till product add', () => {
  it('adds a draft with a price, texts and pictures, which are stored by their content', async () => {
    const added = await till([
      ...[
        'product',
        'add',
        'Größe & Maß',
        '--price',
        '19',
        '--summary',
        'One line',
        '--tags',
        'wall, a2',
        '--badges',
        'New',
      ],
      ...['--description-file', path('text.md'), '--category', 'prints'],
      ...['--image', path('cover.jpg'), '--alt', 'A cover', '--image', path('back.dat'), '--alt', 'Its back'],
    ])
    expect(added).toMatchObject({ code: 0, out: 'Größe & Maß is added as a draft, grosse-mass.' })
    const product = await shown('grosse-mass')
    expect(product).toMatchObject({
      status: 'draft',
      version: 1,
      price: '19.00',
      currency: 'eur',
      tags: ['wall', 'a2'],
      badges: ['New'],
      description: '# About\n\nIt *is*.',
      images: [
        { alt: 'A cover', width: 60, height: 40, content_type: 'image/jpeg' },
        { alt: 'Its back', width: 60, height: 40, content_type: 'image/webp' },
      ],
      changes: [{ actor: 'seller', change: { added: { slug: 'grosse-mass' } } }],
    })
    for (const { sha256 } of product.images) expect(await getStore('product-images').get(sha256)).not.toBeNull()
    expect((await order()).at(-1)).toBe('grosse-mass')
  })

  it('adds a recommendation without a price, and only with a lawful link', async () => {
    const link = 'https://www.amazon.com/dp/B000000009?tag=tillexample-20'
    expect(await till(['product', 'add', 'A good pen', '--link', link])).toMatchObject({ code: 0 })
    expect(await shown('a-good-pen')).toMatchObject({ type: 'affiliate', price: '', currency: '', link })
    for (const bad of ['https://www.amazon.com.evil.com/dp/B000000009?tag=tillexample-20', 'https://amzn.to/x'])
      expect(await till(['product', 'add', 'Bad', '--link', bad])).toMatchObject({
        code: 2,
        err: expect.stringContaining('--link: '),
      })
    expect((await till(['product', 'add', 'Bad', '--link', link, '--price', '5'])).err).toContain(
      '--price: A recommendation',
    )
  })

  it('tells every fault beside the option that says it, and adds nothing', async () => {
    const { code, err } = await till(['product', 'add', 'Bad', '--price', '1.900', '--category', 'Wall Art'])
    expect(code).toBe(2)
    expect(err).toContain('--category: A category is written with')
    expect((await till(['product', 'add', 'Bad', '--price', '1.900'])).err).toContain(
      '--price: 1.900 can be read in two ways',
    )
    expect((await till(['product', 'add', 'Bad'])).err).toContain('--price: Say what it costs')
    expect((await till(['product', 'add', '日本', '--price', '1'])).err).toContain('--slug: ')
    expect((await till(['product', 'add', 'Book', '--price', '1'])).err).toContain(
      '--slug: Another product has this address',
    )
    expect(await order()).not.toContain('bad')
  })

  it('takes no picture that is none, is cut off or is not described', async () => {
    const add = (...args: string[]) => till(['product', 'add', 'Bad', '--price', '5', ...args])
    expect((await add('--image', path('page.svg'), '--alt', 'A page')).err).toContain('page.svg: It is no JPEG')
    expect((await add('--image', path('cut.png'), '--alt', 'Half')).err).toContain('damaged')
    expect((await add('--image', path('none.png'), '--alt', 'None')).err).toContain('There is no file')
    expect(await add('--image', path('cover.jpg'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('say for each picture'),
    })
    expect((await add('--image', path('cover.jpg'), '--alt', '')).err).toContain('--alt: What it shows')
  })

  it('writes nothing on a dry run', async () => {
    const before = await order()
    const { code, out, err } = await till(['product', 'add', 'Maybe', '--price', '5', '--dry-run'])
    expect([code, err]).toEqual([0, 'Nothing was written.'])
    expect(out).toMatch(/^price +5$/m)
    expect(await order()).toEqual(before)
  })
})

describe('till product edit', () => {
  it('changes what is named, says how, and notes who', async () => {
    const { code, out } = await till(['product', 'edit', 'book', '--price', '21,50', '--title', 'A Better Book'])
    expect(code).toBe(0)
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^title +A Book & More {2}→ {2}A Better Book$/),
      expect.stringMatching(/^price +19.00 {2}→ {2}21.50$/),
    ])
    expect(await shown('book')).toMatchObject({
      version: 2,
      price: '21.50',
      changes: [{ version: 2, actor: 'seller', change: { unit_amount: { from: 1900, to: 2150 }, title: {} } }],
    })
  })

  it('raises no version and notes nothing when nothing changes', async () => {
    expect((await till(['product', 'edit', 'book', '--price', '19'])).out).toContain('Nothing was changed')
    expect(await shown('book')).toMatchObject({ version: 1, changes: [] })
  })

  it('refuses an edit of a version that is no longer the newest, and names who was faster', async () => {
    await till(['product', 'edit', 'book', '--title', 'First'])
    const late = await till(['product', 'edit', 'book', '--title', 'Second', '--seen', '1'])
    expect(late).toMatchObject({
      code: 1,
      err: expect.stringMatching(/at version 2 now. Nothing was written[\s\S]*seller: title/),
    })
    expect((await shown('book')).title).toBe('First')
    expect((await till(['product', 'edit', 'book', '--title', 'Second', '--seen', '2'])).code).toBe(0)
    expect((await till(['product', 'edit', 'book', '--title', 'x', '--seen', 'two'])).code).toBe(2)
  })

  it('keeps an earlier address with its product, and gives it to no other', async () => {
    await till(['product', 'edit', 'book', '--slug', 'the-book'])
    const { rows } = await platform.pglite.query('select old_slug, product_id from slug_changes')
    expect(rows).toEqual([{ old_slug: 'book', product_id: 'prd_book' }])
    expect((await till(['product', 'edit', 'print', '--slug', 'book'])).err).toContain('or had it before')
  })

  it('puts pictures in the place of others, or behind them, or takes them away', async () => {
    const alts = async () => (await shown('book')).images.map(({ alt }: { alt: string }) => alt)
    await till(['product', 'edit', 'book', '--image', path('cover.jpg'), '--alt', 'One'])
    await till(['product', 'edit', 'book', '--image', path('back.dat'), '--alt', 'Two', '--add-images'])
    expect(await alts()).toEqual(['One', 'Two'])
    await till(['product', 'edit', 'book', '--image', path('back.dat'), '--alt', 'Three'])
    expect(await alts()).toEqual(['Three'])
    await till(['product', 'edit', 'book', '--no-images'])
    expect(await alts()).toEqual([])
  })

  it('shows on a dry run what would change, and changes nothing', async () => {
    const { out, err } = await till(['product', 'edit', 'book', '--price', '5', '--dry-run'])
    expect([out, err]).toEqual([expect.stringMatching(/^price +19.00 {2}→ {2}5.00$/), 'Nothing was written.'])
    expect(await shown('book')).toMatchObject({ version: 1, price: '19.00' })
  })

  it('never turns what was sold into a recommendation', async () => {
    expect(
      (await till(['product', 'edit', 'book', '--link', 'https://www.amazon.com/dp/B000000009?tag=tillexample-20']))
        .err,
    ).toContain('What you sell yourself has no link')
  })

  it('wants something to change, and a product that there is', async () => {
    expect((await till(['product', 'edit', 'book'])).code).toBe(2)
    expect((await till(['product', 'edit', 'boook', '--price', '1'])).err).toContain('Did you mean "book"?')
  })
})

describe('till product publish and retire', () => {
  it('publish a draft, once', async () => {
    expect(await till(['product', 'publish', 'draft'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('/store/draft/'),
    })
    expect((await till(['product', 'publish', 'draft'])).out).toContain('already. Nothing was changed')
    expect(await shown('draft')).toMatchObject({ status: 'published', published_at: expect.any(String), version: 2 })
  })

  it('ask before a product without a file is sold', async () => {
    await till(['product', 'add', 'Empty', '--price', '5'])
    expect((await till(['product', 'publish', 'empty'])).code).toBe(2)
    const refused = await till(['product', 'publish', 'empty'], false)
    expect([refused.code, refused.asked[0]]).toEqual([1, expect.stringContaining('nothing to download yet')])
    expect((await shown('empty')).status).toBe('draft')
    expect((await till(['product', 'publish', 'empty', '--dry-run'])).code).toBe(1)
    expect((await till(['product', 'publish', 'empty', '--yes'])).code).toBe(0)
  })

  it('publish nothing that breaks the rules of links that pay', async () => {
    await platform.pglite.exec("update products set status = 'draft' where slug = 'evil'")
    expect(await till(['product', 'publish', 'evil'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--link: '),
    })
  })

  it('retire a product after a yes, and bring it back', async () => {
    expect((await till(['product', 'retire', 'book'], false)).code).toBe(1)
    expect((await till(['product', 'retire', 'book'])).code).toBe(2)
    expect((await till(['product', 'retire', 'book', '--dry-run'])).out).toContain('Nothing was changed')
    expect((await shown('book')).status).toBe('published')
    expect((await till(['product', 'retire', 'book', '--yes'])).out).toContain('is retired')
    expect((await till(['product', 'retire', 'book'])).out).toContain('already')
    expect((await till(['product', 'publish', 'book'])).code).toBe(0)
    expect(await shown('book')).toMatchObject({
      status: 'published',
      changes: [
        { change: { status: { from: 'retired', to: 'published' } } },
        { change: { status: { to: 'retired' } } },
      ],
    })
  })
})

describe('till product move', () => {
  it('puts a product first, last, before or after another', async () => {
    const start = await order()
    const without = (slug: string) => start.filter((other) => other !== slug)
    await till(['product', 'move', 'yen', 'first'])
    expect(await order()).toEqual(['yen', ...without('yen')])
    await till(['product', 'move', 'yen', 'last'])
    expect(await order()).toEqual([...without('yen'), 'yen'])
    await till(['product', 'move', 'yen', 'before', 'book'])
    expect((await order()).indexOf('yen') + 1).toBe((await order()).indexOf('book'))
    await till(['product', 'move', 'yen', 'after', 'print'])
    expect((await order()).indexOf('yen') - 1).toBe((await order()).indexOf('print'))
    expect((await shown('yen')).version).toBe(1)
  })

  it('changes nothing on a dry run, next to itself or next to nothing', async () => {
    await till(['product', 'move', 'yen', 'first'])
    const start = await order()
    expect((await till(['product', 'move', 'book', 'last', '--dry-run'])).code).toBe(0)
    expect((await till(['product', 'move', 'book', 'before', 'book'])).code).toBe(2)
    expect((await till(['product', 'move', 'book', 'before', 'nothing'])).code).toBe(1)
    expect((await till(['product', 'move', 'book', 'sideways'])).code).toBe(2)
    expect(await order()).toEqual(start)
  })
})

describe('till product list', () => {
  it('lists products in the shop’s order, by state and by words', async () => {
    const { out } = await till(['product', 'list', '--state', 'published', '--search', 'BOOK'])
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^Product +Title +State +Price +Files +Changed +Id$/),
      expect.stringMatching(/^book +A Book & More +published +19.00 EUR +1 +\d{4}-\d\d-\d\d +prd_book$/),
    ])
    expect((await till(['product', 'list', '--state', 'draft'])).out).toContain('Not yet')
    expect((await till(['product', 'list', '--state', 'sold'])).code).toBe(2)
    expect((await till(['product', 'list', '--search', '%'])).out).toContain('There is none')
  })
})
