import { createHash, randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, post } from '../support/sale.ts'
import { openGatedBucket } from './gated-bucket.ts'
import { startTill } from './till-process.ts'

const SIZE = 100_000_000
const PARTS = 12
const SMALLER = 20_000_000

let platform: TestPlatform
let folder: string
let bucket: Awaited<ReturnType<typeof openGatedBucket>>

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  folder = await mkdtemp(join(tmpdir(), 'till-resume-'))
  bucket = await openGatedBucket(join(folder, 'bucket'))
  Object.assign(process.env, bucket.env)
})
afterAll(async () => {
  for (const name of Object.keys(bucket.env)) delete process.env[name]
  await bucket.close()
  await platform.close()
  await rm(folder, { recursive: true })
})

async function writeFile(path: string, size: number): Promise<string> {
  const hash = createHash('sha256')
  for (let left = size; left > 0; left -= 10_000_000) {
    const bytes = randomBytes(Math.min(left, 10_000_000))
    hash.update(bytes)
    await appendFile(path, bytes)
  }
  return hash.digest('hex')
}

function push(path: string) {
  const { SITE_URL = '', NETLIFY_DATABASE_URL = '', NEON_SQL_ENDPOINT = '' } = process.env
  const shop = { SITE_URL, NETLIFY_DATABASE_URL, NEON_SQL_ENDPOINT, TILL_DATA_DIR: join(folder, 'cli') }
  return startTill(['file', 'push', 'book', path], { ...shop, ...bucket.env })
}

async function hashOf(body: ReadableStream<Uint8Array> | null): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of body ?? []) {
    hash.update(chunk)
    size += chunk.byteLength
  }
  return { size, sha256: hash.digest('hex') }
}

it('brings 100 MB to a buyer through a bucket, killed on the way, and sends no part twice', async () => {
  // The bucket's server tells of the connections that break off.
  expectErrors()
  const path = join(folder, 'film.mp4')
  const sha256 = await writeFile(path, SIZE)

  const isFull = bucket.closeAfter(5)
  const killed = push(path)
  await Promise.race([isFull, killed.ended])
  killed.child.kill('SIGKILL')
  expect(await killed.ended).toEqual({
    code: null,
    out: '',
    err: expect.stringContaining('Uploading to the S3 bucket'),
  })
  await bucket.reopen()
  expect(bucket.stored).toHaveLength(5)
  expect(await platform.rows(`select 1 from product_files where sha256 = '${sha256}'`)).toEqual([])
  expect(await readdir(join(folder, 'cli', 'uploads'))).toHaveLength(1)

  const resumed = await push(path).ended
  expect(resumed).toMatchObject({ code: 0, out: expect.stringContaining('film.mp4 (book, version 2) is published') })
  expect(resumed.err).toContain('Going on uploading to the S3 bucket (100 MB)')
  expect(resumed.err).toContain('Read back and found intact')
  expect(bucket.stored.toSorted((a, b) => a - b)).toEqual(Array.from({ length: PARTS }, (_, i) => i + 1))
  expect(await readdir(join(folder, 'cli', 'uploads'))).toEqual([])

  const sessionId = await buy(platform, 'book')
  const answer = await post(platform, '/get_entitlements', { session_id: sessionId })
  const { downloads } = (await answer.json()) as { downloads: { url: string; filename: string }[] }
  const redirect = await fetch(downloads[0]?.url ?? '', { redirect: 'manual' })
  expect(redirect.status).toBe(302)
  const file = await fetch(redirect.headers.get('location') ?? '')
  expect(file.headers.get('content-disposition')).toContain('filename="film.mp4"')
  expect(await hashOf(file.body)).toEqual({ size: SIZE, sha256 })

  const again = await push(path).ended
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Buyers get these very bytes already') })
})

it('ends at Ctrl-C, says how to go on, and goes on', async () => {
  expectErrors()
  const path = join(folder, 'short.mp4')
  const sha256 = await writeFile(path, SMALLER)
  bucket.stored.length = 0
  const isFull = bucket.closeAfter(1)
  const stopped = push(path)
  await Promise.race([isFull, stopped.ended])
  stopped.child.kill('SIGINT')
  expect(await stopped.ended).toEqual({
    code: 1,
    out: '',
    err: expect.stringContaining('nothing was published. The same command goes on from here.'),
  })
  await bucket.reopen()
  expect((await push(path).ended).code).toBe(0)
  expect(bucket.stored.toSorted()).toEqual([1, 2, 3])
  expect(await platform.rows('select version from product_files where sha256 = $1', [sha256])).toEqual([{ version: 3 }])
})
