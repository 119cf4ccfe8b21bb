import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { syncOrder } from '../../shop/orders/sync-order.ts'
import { addDemoProducts, BOOK } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { buy } from '../support/sale.ts'
import { paperTerminal } from './paper-terminal.ts'

let platform: TestPlatform
let folder: string
let orderId: string
const SECOND = randomBytes(2_100_000)

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  folder = await mkdtemp(join(tmpdir(), 'till-files-'))
  await writeFile(join(folder, 'first.pdf'), BOOK.bytes)
  await writeFile(join(folder, 'second.pdf'), SECOND)
  await writeFile(join(folder, 'other.pdf'), 'other')
  const outcome = await syncOrder(platform.app(), await buy(platform, 'book'))
  if (outcome.kind !== 'written') throw new Error('the order must be written')
  orderId = outcome.orderId
  expect((await till(['file', 'push', 'book', path('second.pdf'), '--changelog', 'More'])).code).toBe(0)
})
afterAll(async () => {
  await platform.close()
  await rm(folder, { recursive: true })
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

type Listed = { id: string; version: number; state: string; changelog: string; size_bytes: number }
const listed = async (...args: string[]) =>
  JSON.parse((await till(['file', 'list', ...args, '--json'])).out) as Listed[]
const idOf = async (version: number) =>
  (await listed('book', '--all')).find((file) => file.version === version)?.id ?? ''

describe('till file list', () => {
  it('shows the current files, one line each', async () => {
    const { code, out } = await till(['file', 'list', 'book'])
    expect(code).toBe(0)
    const [head, ...lines] = out.split('\n')
    expect(head).toMatch(/^Product +Slot +Version +File +Size +Store +SHA-256 +Added +State +Id$/)
    expect(lines).toEqual([
      expect.stringMatching(
        /^book +main +2 +second.pdf +2.1 MB +blobs +[0-9a-f]{12} +\d{4}-\d\d-\d\d +current +fil_\w+$/,
      ),
    ])
  })

  it('with --all shows the versions that were replaced, and with --json everything about them', async () => {
    expect(await listed('book', '--all')).toMatchObject([
      { version: 2, state: 'current', changelog: 'More', size_bytes: SECOND.length },
      { version: 1, state: 'earlier', changelog: '', size_bytes: BOOK.bytes.length },
    ])
    expect((await listed()).every(({ state }) => state === 'current')).toBe(true)
  })

  it('says when there is nothing, and what was meant by a product that is not there', async () => {
    expect(await till(['file', 'list', 'tool'])).toMatchObject({ code: 0, out: expect.stringContaining('no files') })
    expect(await listed('tool')).toEqual([])
    expect(await till(['file', 'list', 'boook'])).toMatchObject({ code: 1, err: expect.stringContaining('"book"?') })
    expect((await till(['file', 'list', 'book', 'print'])).code).toBe(2)
  })
})

describe('till file retire and restore', () => {
  it('says whom it concerns and what they get instead, and does nothing without a yes', async () => {
    const id = await idOf(2)
    const { code, asked } = await till(['file', 'retire', id], false)
    expect([code, asked]).toEqual([
      1,
      ['1 order gives access to second.pdf (book, version 2); buyers get version 1 instead. Withdraw it?'],
    ])
    expect((await till(['file', 'retire', id])).code).toBe(2)
    expect((await listed('book')).map(({ version }) => version)).toEqual([2])
  })

  it('withdraw a version, so that the one before it is current, and give it back', async () => {
    const id = await idOf(2)
    expect(await till(['file', 'retire', id], true)).toMatchObject({
      code: 0,
      out: 'second.pdf (book, version 2) is withdrawn.',
    })
    expect(await listed('book', '--all')).toMatchObject([
      { version: 2, state: 'withdrawn' },
      { version: 1, state: 'current' },
    ])
    const again = await till(['file', 'retire', id, '--yes'])
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('was withdrawn before'), asked: [] })
    expect(await till(['file', 'restore', id])).toMatchObject({
      code: 0,
      out: 'second.pdf (book, version 2) is handed out again, as current: 1 order gives access to it.',
    })
    expect(await till(['file', 'restore', id])).toMatchObject({
      code: 0,
      out: expect.stringContaining('is not withdrawn'),
    })
  })

  it('say when nothing is left, and know no unknown file', async () => {
    const { asked } = await till(['file', 'retire', 'fil_prd_print'], false)
    expect(asked[0]).toMatch(/^0 orders give access to .*; nothing is left in this slot\./)
    for (const verb of ['retire', 'restore'])
      expect(await till(['file', verb, 'fil_none'])).toMatchObject({
        code: 1,
        err: 'There is no file with the id fil_none. `npm run till -- file list --all` shows the ids.',
      })
  })
})

describe('till verify', () => {
  const verify = (name: string) => till(['verify', path(name), '--order', orderId])

  it('knows every version of a file, current or not', async () => {
    expect(await verify('second.pdf')).toMatchObject({
      code: 0,
      out: `second.pdf is, byte for byte, second.pdf (book, version 2) in order ${orderId}: the version that buyers get.`,
    })
    expect((await verify('first.pdf')).out).toContain(
      `${BOOK.filename} (book, version 1) in order ${orderId}: a version that a newer one has replaced`,
    )
    await till(['file', 'retire', await idOf(1), '--yes'])
    expect(await verify('first.pdf')).toMatchObject({
      code: 0,
      out: expect.stringContaining(': a version that was withdrawn.'),
    })
  })

  it('ends with 1 for any other file, and shows what the order contains', async () => {
    const { code, out } = await verify('other.pdf')
    expect(code).toBe(1)
    expect(out).toContain('other.pdf is none of the files')
    expect(out.split('\n').slice(1)).toHaveLength(3)
    expect(out).toContain(BOOK.sha256)
  })

  it('wants an order that there is, and a file', async () => {
    expect((await till(['verify', path('first.pdf')])).code).toBe(2)
    expect(await till(['verify', path('first.pdf'), '--order', 'ord_none'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no order ord_none.'),
    })
    expect((await till(['verify', path('gone.pdf'), '--order', orderId])).err).toContain('There is no file')
  })
})
