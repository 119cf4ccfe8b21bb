import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { getStore } from '@netlify/blobs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../adapters/create-app.ts'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { uploadBookmark } from '../../cli/commands/file/upload-bookmark.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import type { App, FileSource, FileStore } from '../../shop/app.ts'
import { VendorDown } from '../../shop/errors.ts'
import { withPort } from '../reconcile/stage.ts'
import { addDemoProducts, BOOK } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { paperTerminal } from './paper-terminal.ts'

let platform: TestPlatform
let folder: string

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  folder = await mkdtemp(join(tmpdir(), 'till-push-'))
})
beforeEach(() => platform.rows("delete from product_files where id !~ '^fil_prd'"))
afterAll(async () => {
  await platform.close()
  await rm(folder, { recursive: true })
})

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function put(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

/** A pipe into which nobody writes. */
async function putPipe(name: string): Promise<string> {
  await promisify(execFile)('mkfifo', [join(folder, name)])
  return join(folder, name)
}

async function till(args: string[], { app = platform.app(), paper = paperTerminal() } = {}) {
  const code = await runTill(args, {
    commands: COMMANDS,
    terminal: paper.terminal,
    connect: (work) => work({ app, folder: join(folder, 'cli') }),
  })
  return { code, out: paper.out.join('\n'), err: paper.err.join('\n'), shown: paper.shown }
}

const push = (slug: string, path: string, ...options: string[]) => till(['file', 'push', slug, path, ...options])
const versions = (slug = 'book') =>
  platform.rows<{ version: number; store: string }>(
    `select slot, f.version, filename, content_type, size_bytes::int as size, sha256, store, key, changelog
     from product_files f join products p on p.id = f.product_id where slug = $1 order by slot, f.version`,
    [slug],
  )

/** A shop whose Blobs do some things differently, and what was asked of them. */
function withBlobs(change: (blobs: FileStore) => Partial<FileStore>): App {
  const app = platform.app()
  const { blobs } = app.files
  return withPort(app, 'files', { blobs: { ...blobs, ...change(blobs) }, s3: blobs })
}

describe('till file push', () => {
  it('publishes a file as the next version, and the store hands out its bytes', async () => {
    const bytes = randomBytes(300_000)
    const path = await put('Zweite Größe.pdf', bytes)
    const { code, out, err, shown } = await push('book', path, '--changelog', 'Two pages more')
    expect([code, out]).toEqual([0, expect.stringContaining('Zweite Größe.pdf (book, version 2) is published as fil_')])
    const sha256 = sha256Of(bytes)
    expect((await versions()).at(-1)).toEqual({
      slot: 'main',
      version: 2,
      filename: 'Zweite Größe.pdf',
      content_type: 'application/pdf',
      size: 300_000,
      sha256,
      store: 'blobs',
      key: `files/${sha256}`,
      changelog: 'Two pages more',
    })
    const stored = await getStore('product-files').get(`files/${sha256}`, { type: 'arrayBuffer' })
    expect(sha256Of(new Uint8Array(stored))).toBe(sha256)
    expect(err.split('\n').slice(0, 4)).toEqual([
      'Reading Zweite Größe.pdf (300 kB) …',
      'Uploading to Netlify Blobs (300 kB) …',
      expect.stringMatching(/^Uploaded in \d+ s\.$/),
      'Reading back from Netlify Blobs (300 kB) …',
    ])
    expect(shown.some((line) => line.includes('[====================]  100%'))).toBe(true)
  })

  it('chooses the store by size, unless it is named', async () => {
    const paths = [
      await put('fits.zip', new Uint8Array(19_000_000)),
      await put('large.zip', new Uint8Array(19_000_001)),
    ]
    for (const path of paths) expect((await push('book', path)).code).toBe(0)
    expect((await push('book', await put('small.zip', randomBytes(10)), '--store', 's3')).code).toBe(0)
    expect((await versions()).map(({ store }) => store)).toEqual(['blobs', 'blobs', 's3', 's3'])
  })

  it('takes name, slot and type as they are given', async () => {
    const path = await put('x.bin', randomBytes(10))
    const options = ['--name', 'sample.dat', '--slot', 'extra', '--type', 'Application/X-Sample']
    expect((await push('book', path, ...options)).code).toBe(0)
    const added = { slot: 'extra', version: 1, filename: 'sample.dat', content_type: 'application/x-sample' }
    expect(await versions()).toContainEqual(expect.objectContaining(added))
  })

  it('changes nothing for the bytes that buyers get already, and says so', async () => {
    const path = await put('again.pdf', BOOK.bytes)
    const { code, out } = await push('book', path)
    expect([code, out]).toEqual([
      0,
      'Buyers get these very bytes already, as version 1 in slot main. Nothing was changed.',
    ])
    expect(await versions()).toHaveLength(1)
  })

  it('with --dry-run says what it would do, and neither uploads nor writes', async () => {
    const bytes = randomBytes(100)
    const { code, out } = await push('book', await put('dry.pdf', bytes), '--dry-run')
    expect([code, out]).toEqual([0, expect.stringContaining('would become the newest version of book')])
    expect(await versions()).toHaveLength(1)
    expect(await platform.app().files.blobs.stat(`files/${sha256Of(bytes)}`)).toBeNull()
  })

  it('does not send bytes again that the store has, and still reads them back', async () => {
    const bytes = randomBytes(50_000)
    const path = await put('twice.pdf', bytes)
    await push('book', path)
    const { code, err } = await push('print', path)
    expect([code, err]).toEqual([0, expect.stringContaining('has these bytes already')])
    expect(err).toContain('Read back and found intact')
    expect(err).not.toContain('Uploaded')
  })

  it('sends bytes again that the store has damaged', async () => {
    const bytes = randomBytes(50_000)
    const key = `files/${sha256Of(bytes)}`
    await getStore('product-files').set(key, new Blob([randomBytes(50_000)]))
    const { code, err } = await push('book', await put('mended.pdf', bytes))
    expect([code, err]).toEqual([0, expect.stringContaining('What is there is damaged.')])
    const stored = await getStore('product-files').get(key, { type: 'arrayBuffer' })
    expect(sha256Of(new Uint8Array(stored))).toBe(sha256Of(bytes))
  })

  it('publishes nothing when the store hands out other bytes than it was given', async () => {
    const bytes = randomBytes(50_000)
    const app = withBlobs(() => ({ open: async () => new Blob([new Uint8Array(50_000)]).stream() }))
    const { code, err } = await till(['file', 'push', 'book', await put('lost.pdf', bytes)], { app })
    expect([code, err]).toEqual([1, expect.stringContaining('does not hand out the bytes that it was given')])
    expect(await versions()).toHaveLength(1)
    const hurried = await till(['file', 'push', 'book', join(folder, 'lost.pdf'), '--no-read-back'], { app })
    expect(hurried.code).toBe(0)
    expect(hurried.err).not.toContain('Reading back')
  })

  it('publishes nothing when the store confirms a file that it does not have', async () => {
    const app = withBlobs(() => ({ write: async () => undefined }))
    const path = await put('promised.pdf', randomBytes(50_000))
    for (const hurry of [[], ['--no-read-back']]) {
      const { code, err } = await till(['file', 'push', 'book', path, ...hurry], { app })
      expect([code, err]).toEqual([1, expect.stringContaining('does not hand out the bytes that it was given')])
    }
    expect(await versions()).toHaveLength(1)
  })

  it('reads on when the connection breaks in the middle of reading back', async () => {
    const bytes = randomBytes(50_000)
    let opened = 0
    const app = withBlobs((blobs) => ({
      open: async (key, range) => {
        opened += 1
        if (opened > 2) return blobs.open(key, range)
        if (opened === 1) throw new VendorDown('storage', 'The file store does not answer.')
        return brokenStream(bytes.subarray(0, 20_000))
      },
    }))
    Object.assign(app, { pause: async () => undefined })
    expect((await till(['file', 'push', 'book', await put('broken.pdf', bytes)], { app })).code).toBe(0)
    expect(opened).toBe(3)
  })

  it('stopped by Ctrl-C while it uploads, publishes nothing and says how to go on', async () => {
    const paper = paperTerminal()
    const app = withBlobs(() => ({
      write: async (_key, _source, run) => {
        await run.bookmark.save('{"half":true}')
        paper.stop()
        run.signal.throwIfAborted()
      },
    }))
    const path = await put('stopped.pdf', randomBytes(50_000))
    const { code, err } = await till(['file', 'push', 'book', path], { app, paper })
    expect([code, err]).toEqual([1, expect.stringContaining('The same command goes on from here.')])
    expect(await versions()).toHaveLength(1)
    const [bookmark] = await readdir(join(folder, 'cli', 'uploads'))
    expect(bookmark).toMatch(/^[0-9a-f]{32}\.json$/)

    let found: string | null = null
    const goingOn = withBlobs((blobs) => ({
      write: async (key, source, run) => {
        found = await run.bookmark.load()
        await blobs.write(key, source, run)
        await run.bookmark.clear()
      },
    }))
    const again = await till(['file', 'push', 'book', path], { app: goingOn })
    expect([again.code, found, again.err]).toEqual([0, '{"half":true}', expect.stringContaining('Going on uploading')])
    expect(await readdir(join(folder, 'cli', 'uploads'))).toEqual([])
  })

  it('takes a file of the same type for a new version of the only one, whatever its slot is called', async () => {
    await inSlots(['book'], async () => {
      const path = await put('second.pdf', randomBytes(10))
      expect(await push('book', path, '--dry-run')).toMatchObject({
        out: expect.stringContaining('of book, slot book.'),
      })
      expect(await push('book', path)).toMatchObject({ code: 0, out: expect.stringContaining('slot book, version 2') })
    })
  })

  it('takes nothing that was written to while it was uploaded, read back or not', async () => {
    const bytes = randomBytes(9_000_000)
    const path = await put('changing.zip', bytes)
    const { s3 } = platform.app().files
    const change = (read: FileSource['read']): FileSource['read'] => {
      let pieces = 0
      return async (range) => {
        const piece = await read(range)
        if (++pieces === 1) await writeFile(path, randomBytes(9_000_000))
        return piece
      }
    }
    const app = withPort(platform.app(), 'files', {
      blobs: platform.app().files.blobs,
      s3: { ...s3, write: (key, source, run) => s3.write(key, { ...source, read: change(source.read) }, run) },
    })
    for (const hurry of [[], ['--no-read-back']]) {
      await writeFile(path, bytes)
      const { code, err } = await till(['file', 'push', 'book', path, '--store', 's3', ...hurry], { app })
      expect([code, err]).toEqual([1, expect.stringContaining('has changed while it was uploaded')])
      expect(await s3.stat(`files/${sha256Of(bytes)}`)).toBeNull()
    }
    expect(await versions()).toHaveLength(1)
  })

  it('the same file from two terminals is one version, and both say so', async () => {
    const path = await put('same.zip', randomBytes(9_000_000))
    const { s3, blobs } = platform.app().files
    const other: Awaited<ReturnType<typeof push>>[] = []
    const app = withPort(platform.app(), 'files', {
      blobs,
      s3: {
        ...s3,
        write: async (key, source, run) => {
          other.push(await push('book', path, '--store', 's3'))
          await s3.write(key, source, run)
        },
      },
    })
    const { code, out } = await till(['file', 'push', 'book', path, '--store', 's3'], { app })
    expect([code, out]).toEqual([0, expect.stringContaining('Buyers get these very bytes already, as version 2')])
    expect(other).toEqual([expect.objectContaining({ code: 0, out: expect.stringContaining('is published as fil_') })])
    expect(await versions()).toHaveLength(2)
  })

  it('two at once become two versions', async () => {
    const paths = [await put('one.pdf', randomBytes(100)), await put('two.pdf', randomBytes(100))]
    expect((await Promise.all(paths.map((path) => push('book', path)))).map(({ code }) => code)).toEqual([0, 0])
    expect((await versions()).map(({ version }) => version)).toEqual([1, 2, 3])
  })
})

function brokenStream(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(bytes),
    pull: (controller) => controller.error(new TypeError('terminated')),
  })
}

/** Runs with the book's file moved to the first of these slots, and copies of it in the others. */
async function inSlots([first, ...others]: string[], run: () => Promise<void>): Promise<void> {
  await platform.rows('update product_files set slot = $1 where id = $2', [first, 'fil_prd_book'])
  for (const slot of others)
    await platform.rows(
      `insert into product_files (id, product_id, slot, version, filename, content_type, size_bytes, sha256, store, key)
       select 'fil_' || $1, product_id, $1, version, filename, content_type, size_bytes, sha256, store, key
       from product_files where id = 'fil_prd_book'`,
      [slot],
    )
  await run()
  await platform.rows("delete from product_files where id <> 'fil_prd_book' and product_id = 'prd_book'")
  await platform.rows("update product_files set slot = 'main' where id = 'fil_prd_book'")
}

describe('till file push, refusing', () => {
  it.each([
    ['bok', 1, 'There is no product "bok". Did you mean "book"?'],
    ['quite-another-thing', 1, 'There is no product "quite-another-thing".'],
    ['tool', 1, 'tool is an affiliate product: somebody else sells it, so it has no files.'],
  ])('%s', async (slug, code, complaint) => {
    const refused = await push(slug, await put('some.pdf', randomBytes(10)))
    expect(refused).toMatchObject({ code, out: '', err: complaint })
  })

  it.each([
    ['of another type than the only one', 'song.mp3', ['book']],
    ['that may be either of two', 'some.pdf', ['book', 'sample']],
  ])('a file %s, unless the slot is named', async (_, name, slots) => {
    await inSlots(slots, async () => {
      const path = await put(name, randomBytes(10))
      const refused = await push('book', path)
      expect(refused).toMatchObject({ code: 1, out: '' })
      expect(refused.err).toBe(
        `book has its files in: ${slots.join(', ')}. Say with --slot which of them this is, or name a new slot for one more file.`,
      )
      expect(await push('book', path, '--slot', 'extra')).toMatchObject({ code: 0 })
    })
  })

  it('what is no file, or holds nothing', async () => {
    await mkdir(join(folder, 'a folder'))
    for (const [path, complaint] of [
      [join(folder, 'nowhere.pdf'), 'There is no file'],
      [join(folder, 'a folder'), 'is a folder. Pack it into one file first'],
      [await put('empty.pdf', new Uint8Array()), 'is empty.'],
      ['/dev/null', 'is not a file.'],
      [await putPipe('pipe.pdf'), 'is not a file.'],
    ] as const)
      expect(await push('book', path)).toMatchObject({ code: 1, err: expect.stringContaining(complaint) })
    expect(await versions()).toHaveLength(1)
  })

  it.each([
    ['--name', '../book.pdf', 'A file is named with'],
    ['--name', 'a\nb.pdf', 'A file is named with'],
    ['--slot', 'Main', 'A slot is named with'],
    ['--type', 'pdf', 'A type is two words'],
    ['--changelog', 'two\nlines', 'one line'],
    ['--changelog', 'x'.repeat(501), 'one line'],
    ['--store', 'disk', '--store takes blobs or s3.'],
    ['--colour', 'red', '--colour'],
  ])('a wrong call: %s %j', async (option, value, complaint) => {
    const refused = await push('book', await put('some.pdf', randomBytes(10)), option, value)
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining(complaint) })
  })

  it('to go on without a note of where it is, saying where that cannot be written', async () => {
    const place = 's3 a file'
    const name = createHash('sha256').update(place).digest('hex').slice(0, 32)
    const uploads = join(folder, 'full', 'uploads')
    // Root may write everywhere, but nobody into a folder as if it were a file.
    await mkdir(join(uploads, `${name}.json.${process.pid}.part`), { recursive: true })
    const bookmark = uploadBookmark(join(folder, 'full'), place)
    await expect(bookmark.save('{}')).rejects.toThrow(`${uploads} takes no note of how far the upload is`)
    expect(await bookmark.load()).toBeNull()
  })

  it('a file that does not fit, naming what to set', async () => {
    const path = await put('large.zip', new Uint8Array(25_000_000))
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FILES_S3_')))
    const pushTo = (...store: string[]) => till(['file', 'push', 'book', path, ...store], { app: createApp({ env }) })
    for (const store of [[], ['--store', 'blobs']]) {
      const { code, err } = await pushTo(...store)
      expect([code, err]).toEqual([1, expect.stringMatching(/^large.zip is 25 MB.*at most 19 MB.*FILES_S3_ENDPOINT/)])
    }
    const unset = { code: 1, err: expect.stringContaining('FILES_S3_ENDPOINT is not set') }
    expect(await pushTo('--store', 's3')).toMatchObject(unset)
    const byte = await put('large.zip', new Uint8Array(19_000_001))
    expect((await push('book', byte, '--store', 'blobs')).err).toBe(
      'large.zip is 19,000,001 bytes; Netlify Blobs hands out at most 19 MB. Leave --store out, and it goes to your bucket.',
    )
  })

  it('tells, when the store does not answer, that the same command goes on', async () => {
    const write = () => Promise.reject(new VendorDown('storage', 'The file store does not answer.'))
    const path = await put('later.pdf', randomBytes(10))
    const { code, err } = await till(['file', 'push', 'book', path], { app: withBlobs(() => ({ write })) })
    expect([code, err]).toEqual([1, expect.stringMatching(/goes on from here\.\nThe file store does not answer\.$/)])
  })
})
