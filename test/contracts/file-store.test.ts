import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileStore } from '../../shop/app.ts'
import { InvalidInput } from '../../shop/errors.ts'
import {
  bytesOf,
  openBlobsStage,
  openRun,
  openS3Stage,
  readAll,
  type StoreStage,
  sourceOf,
} from './file-store-stage.ts'

const STORES: [string, () => Promise<StoreStage>][] = [
  ['Netlify Blobs', openBlobsStage],
  ['a bucket, path style', () => openS3Stage('path')],
  ['a bucket, virtual-host style', () => openS3Stage('virtual')],
]

/** More than one chunk of every store, and not a round number. */
const FILE = bytesOf(1_234_567)

describe.each(STORES)('FileStore: %s', (_name, openStage) => {
  let stage: StoreStage
  let files: FileStore
  beforeAll(async () => {
    stage = await openStage()
    files = stage.files
    await files.write('files/one', sourceOf(FILE), openRun().run)
  })
  afterAll(() => stage.close())

  it('gives back the bytes that it was given, and tells their size and SHA-256', async () => {
    expect(Buffer.compare((await readAll(await files.open('files/one'))) ?? Buffer.alloc(0), FILE)).toBe(0)
    expect(await files.stat('files/one')).toEqual({ size_bytes: FILE.byteLength, sha256: sourceOf(FILE).sha256 })
  })

  it('says that it does not have what it does not have', async () => {
    expect(await files.open('files/none')).toBeNull()
    expect(await files.open('files/none', { first: 0, last: 9 })).toBeNull()
    expect(await files.stat('files/none')).toBeNull()
    await files.remove('files/none')
  })

  it('hands out any part, exactly', async () => {
    const end = FILE.byteLength - 1
    const range = fc.tuple(fc.nat(end), fc.nat(end)).map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }))
    const edges = [
      { first: 0, last: 0 },
      { first: end, last: end },
      { first: 0, last: end },
      { first: 65_535, last: 65_536 },
    ]
    const holds = async ({ first, last }: { first: number; last: number }) => {
      const part = await readAll(await files.open('files/one', { first, last }))
      expect(Buffer.compare(part ?? Buffer.alloc(0), FILE.subarray(first, last + 1))).toBe(0)
    }
    for (const edge of edges) await holds(edge)
    await fc.assert(fc.asyncProperty(range, holds), { numRuns: 40 })
  })

  it('leaves out of a part what lies beyond the end', async () => {
    const end = FILE.byteLength
    expect((await readAll(await files.open('files/one', { first: end - 3, last: end + 9 })))?.byteLength).toBe(3)
    expect((await readAll(await files.open('files/one', { first: end, last: end + 9 })))?.byteLength).toBe(0)
  })

  it('replaces a file at once', async () => {
    const [before, after] = [bytesOf(5_000), bytesOf(70_001)]
    await files.write('files/replaced', sourceOf(before), openRun().run)
    await files.write('files/replaced', sourceOf(after), openRun().run)
    expect(await files.stat('files/replaced')).toEqual({ size_bytes: 70_001, sha256: sourceOf(after).sha256 })
    expect(await readAll(await files.open('files/replaced'))).toEqual(after)
  })

  it('keeps a file of no bytes', async () => {
    await files.write('files/empty', sourceOf(bytesOf(0)), openRun().run)
    expect(await files.stat('files/empty')).toMatchObject({ size_bytes: 0 })
    expect((await readAll(await files.open('files/empty')))?.byteLength ?? 0).toBe(0)
  })

  it('forgets a file', async () => {
    await files.write('files/gone', sourceOf(bytesOf(10)), openRun().run)
    await files.remove('files/gone')
    expect(await files.stat('files/gone')).toBeNull()
    expect(await files.open('files/gone')).toBeNull()
  })

  it('tells how much of an upload is done, all of it at the end', async () => {
    const { run, done, noted } = openRun()
    await files.write('files/told', sourceOf(bytesOf(3_000)), run)
    expect([done.at(-1), noted()]).toEqual([3_000, null])
  })

  it('stores nothing when told to stop before it began', async () => {
    const reason = new Error('stopped')
    await expect(
      files.write('files/stopped', sourceOf(bytesOf(10)), openRun(AbortSignal.abort(reason)).run),
    ).rejects.toBe(reason)
    expect(await files.stat('files/stopped')).toBeNull()
  })

  it('stores nothing of a file that has changed since its SHA-256 was taken', async () => {
    const source = sourceOf(bytesOf(1_000))
    const shorter = { ...source, read: async () => bytesOf(10) }
    const other = { ...source, read: async () => bytesOf(1_000).fill(7) }
    for (const changed of [shorter, other])
      await expect(files.write('files/changed', changed, openRun().run)).rejects.toBeInstanceOf(InvalidInput)
    expect(await files.stat('files/changed')).toBeNull()
  })

  it('refuses what is larger than it can hand out, before it reads any of it', async () => {
    const source = {
      ...sourceOf(bytesOf(1)),
      sizeBytes: files.maxBytes + 1,
      read: () => Promise.reject(new Error('read')),
    }
    await expect(files.write('files/large', source, openRun().run)).rejects.toBeInstanceOf(InvalidInput)
  })

  it('lets the store go when a reader leaves', async () => {
    const reader = (await files.open('files/one', { first: 10, last: 1_000_000 }))?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect(await reader?.read()).toEqual({ done: true, value: undefined })
  })

  it.each(['', '..', '../one', 'files/../one', 'files//one', 'a b', 'a?b', 'a#b', '/a', 'a%2fb'])(
    'takes no key %j',
    async (key) => {
      const asks = [
        files.open(key),
        files.stat(key),
        files.remove(key),
        files.link(key, { filename: 'a', seconds: 60 }),
        files.write(key, sourceOf(bytesOf(1)), openRun().run),
      ]
      const outcomes = await Promise.allSettled(asks)
      expect(
        outcomes.map(({ status, ...rest }) => [status, 'reason' in rest && rest.reason instanceof TypeError]),
      ).toEqual(asks.map(() => ['rejected', true]))
    },
  )
})
