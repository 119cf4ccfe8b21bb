import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createS3Client } from '../../adapters/s3-client.ts'
import { expectSuccess } from '../../adapters/s3-errors.ts'
import { listParts, type PatientAsk, sendPart } from '../../adapters/s3-multipart.ts'
import type { UploadState } from '../../adapters/s3-upload-state.ts'
import { InvalidInput, Misconfigured } from '../../shop/errors.ts'
import { expectErrors } from '../support/quiet.ts'
import { bytesOf, openRun, openS3Stage, readAll, sourceOf } from './file-store-stage.ts'

const MIB = 1024 ** 2
const KEY = 'files/large'
/** Four parts of 8 MiB and a short one; three are on their way at once. */
const FILE = bytesOf(32 * MIB + 12_345)
const SOURCE = sourceOf(FILE)
const ALL = [1, 2, 3, 4, 5]
const LAST = 5

let stage: Awaited<ReturnType<typeof openS3Stage>>
/** Numbers of the parts that the upload at hand has sent. */
let sent: number[] = []
beforeAll(async () => {
  stage = await openS3Stage('path')
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.files.remove(KEY)
})

const client = () => createS3Client(stage.settings)
const ask: PatientAsk = async (request, permission) => expectSuccess(await client().ask(request), permission)
const stateOf = (noted: string | null): UploadState => JSON.parse(noted ?? 'null')

async function expectStored(): Promise<void> {
  expect(await stage.files.stat(KEY)).toEqual({ size_bytes: FILE.byteLength, sha256: SOURCE.sha256 })
  expect(Buffer.compare((await readAll(await stage.files.open(KEY))) ?? Buffer.alloc(0), FILE)).toBe(0)
}

/** An upload that is stopped when this many bytes are stored. */
async function stopAt(bytes: number) {
  // The bucket's server tells of the connections that break off.
  expectErrors()
  const stop = new AbortController()
  const upload = openRun(stop.signal)
  const progress = (done: number) => {
    if (done >= bytes) stop.abort(new Error('stopped'))
  }
  await expect(stage.files.write(KEY, SOURCE, { ...upload.run, progress })).rejects.toThrow('stopped')
  return { ...upload, run: { ...upload.run, signal: new AbortController().signal } }
}

type Meddle = (url: URL, init: RequestInit) => Promise<Response> | undefined

/** The store behind the real fetch, with a hand in what `meddle` wants; undefined lets a request through. */
function through(meddle: Meddle = () => undefined) {
  sent = []
  const hand: typeof fetch = (input, init = {}) => {
    const url = new URL(String(input))
    if (url.searchParams.has('partNumber')) sent.push(Number(url.searchParams.get('partNumber')))
    return meddle(url, init) ?? fetch(input, init)
  }
  return stage.with({ fetch: hand })
}

const sorted = (numbers: number[]) => [...numbers].sort((one, other) => one - other)

describe('a large file', () => {
  it('goes in parts, each once, and is there whole', async () => {
    const { run, done, noted } = openRun()
    await through().write(KEY, SOURCE, run)
    expect(sorted(sent)).toEqual(ALL)
    expect([...done].sort((one, other) => one - other)).toEqual(done)
    expect([done[0], done.at(-1), noted()]).toEqual([0, FILE.byteLength, null])
    await expectStored()
  })

  it('goes on where it was stopped: no part that is there is sent again', async () => {
    const { run, noted, done } = await stopAt(2 * 8 * MIB)
    const stored = await listParts(ask, stateOf(noted()))
    expect(stored.size).toBeGreaterThanOrEqual(2)
    expect(await stage.files.stat(KEY)).toBeNull()
    await through().write(KEY, SOURCE, run)
    // A part that was on its way may have arrived after all.
    expect(sent.filter((number) => stored.has(number))).toEqual([])
    const again = sent.reduce((sum, number) => sum + (number === LAST ? 12_345 : 8 * MIB), 0)
    expect([(done[0] ?? 0) + again, noted()]).toEqual([FILE.byteLength, null])
    await expectStored()
  })

  it('begins anew when the bucket has cleared the upload away', async () => {
    const { run, noted } = await stopAt(8 * MIB)
    const { upload_id } = stateOf(noted())
    await ask({ method: 'DELETE', key: KEY, query: { uploadId: upload_id } }, 's3:AbortMultipartUpload')
    await through().write(KEY, SOURCE, run)
    expect(sorted(sent)).toEqual(ALL)
    await expectStored()
  })

  it('begins anew when the bookmark is of another file, another bucket, or no bookmark', async () => {
    for (const change of [{ sha256: '0'.repeat(64) }, { bucket: 'another' }, { part_bytes: 5 * MIB }, undefined]) {
      const { run, noted } = await stopAt(8 * MIB)
      const { upload_id } = stateOf(noted())
      await run.bookmark.save(change ? JSON.stringify({ ...stateOf(noted()), ...change }) : '{"upload_id":')
      await through().write(KEY, SOURCE, run)
      expect((await listParts(ask, { ...stateOf('{}'), key: KEY, upload_id })).size).toBeGreaterThan(0)
      await expectStored()
      await stage.files.remove(KEY)
    }
  })

  it('sends a part again that is not the one it should be', async () => {
    const { run, noted } = await stopAt(2 * 8 * MIB)
    const state = stateOf(noted())
    const signal = new AbortController().signal
    const [first] = [...(await listParts(ask, state)).keys()]
    await sendPart(ask, state, { number: first ?? 1, body: bytesOf(8 * MIB).fill(0), signal })
    await sendPart(ask, state, { number: LAST, body: bytesOf(5 * MIB), signal })
    await through().write(KEY, SOURCE, run)
    expect(sent).toEqual(expect.arrayContaining([first, LAST]))
    await expectStored()
  })

  it('is not sent again when only the word of its end was lost', async () => {
    const { run, noted } = openRun()
    let lost = 0
    const files = through((url, init) => {
      if (init.method !== 'POST' || !url.searchParams.has('uploadId') || lost++) return undefined
      return fetch(url, init).then(() => Promise.reject(new TypeError('fetch failed')))
    })
    await files.write(KEY, SOURCE, run)
    expect([lost, sorted(sent), noted()]).toEqual([2, ALL, null])
    await expectStored()
  })

  it('is not sent again when the process ended between its end and the bookmark', async () => {
    const { run, noted } = await stopAt(8 * MIB)
    const before = noted() ?? ''
    await through().write(KEY, SOURCE, run)
    await run.bookmark.save(before)
    await through().write(KEY, SOURCE, run)
    expect([sent, noted()]).toEqual([[], null])
    await expectStored()
  })

  it('arrives undamaged over a line that damages bytes', async () => {
    const damaged = new Set<string>()
    const files = through((url, init) => {
      const number = url.searchParams.get('partNumber')
      if (!number || damaged.has(number)) return undefined
      damaged.add(number)
      const body = new Uint8Array(init.body as Uint8Array)
      body[1_000] = ~(body[1_000] ?? 0)
      return fetch(url, { ...init, body })
    })
    await files.write(KEY, SOURCE, openRun().run)
    expect(sorted(sent)).toEqual(sorted([...ALL, ...ALL]))
    await expectStored()
  })

  it('takes a failure under the status 200 for a failure', async () => {
    let told = 0
    const files = through((url, init) => {
      if (init.method !== 'POST' || !url.searchParams.has('uploadId') || told++) return undefined
      return Promise.resolve(new Response('<?xml version="1.0"?>\n<Error><Code>InternalError</Code></Error>'))
    })
    await files.write(KEY, SOURCE, openRun().run)
    expect(told).toBe(2)
    await expectStored()
  })

  it('stops at the first refusal, says which, and can be gone on with', async () => {
    expectErrors()
    const { run, noted } = openRun()
    const files = through((url) => {
      if (url.searchParams.get('partNumber') !== '2') return undefined
      return Promise.resolve(new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403 }))
    })
    await expect(files.write(KEY, SOURCE, run)).rejects.toThrow(
      new Misconfigured(
        'The key FILES_S3_ACCESS_KEY_ID may not do this with the bucket FILES_S3_BUCKET; it needs s3:PutObject.',
      ),
    )
    expect(noted()).not.toBeNull()
    await through().write(KEY, SOURCE, run)
    await expectStored()
  })

  it('forgets an upload that the bucket will not make a file of', async () => {
    const { run, noted } = openRun()
    const files = through((url, init) => {
      if (init.method !== 'POST' || !url.searchParams.has('uploadId')) return undefined
      return Promise.resolve(new Response('<Error><Code>InvalidPart</Code></Error>', { status: 400 }))
    })
    await expect(files.write(KEY, SOURCE, run)).rejects.toMatchObject({ name: 'VendorRefused' })
    expect(noted()).toBeNull()
  })

  it('is refused when it becomes shorter on the way', async () => {
    expectErrors()
    const cut = FILE.subarray(0, 20 * MIB)
    const source = { ...SOURCE, read: sourceOf(cut).read }
    await expect(stage.files.write(KEY, source, openRun().run)).rejects.toBeInstanceOf(InvalidInput)
    expect(await stage.files.stat(KEY)).toBeNull()
  })
})
