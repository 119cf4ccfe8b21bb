import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createS3Client } from '../../adapters/s3-client.ts'
import { Misconfigured, VendorDown } from '../../shop/errors.ts'
import { answeringServer } from '../adapters/answering-server.ts'
import { bytesOf, openRun, openS3Stage, S3_KEY, sourceOf } from './file-store-stage.ts'

let stage: Awaited<ReturnType<typeof openS3Stage>>
beforeAll(async () => {
  stage = await openS3Stage('path')
})
afterAll(() => stage.close())

const write = (files = stage.files) => files.write('files/one', sourceOf(bytesOf(100)), openRun().run)

/** Everything that a failure tells, its causes included. */
function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${error.stack} ${wordsOf(error.cause)}` : ''
}

describe('a bucket that says no', () => {
  it.each([
    ['FILES_S3_SECRET_ACCESS_KEY', { secretAccessKey: 'not the secret of this key' }],
    ['FILES_S3_ACCESS_KEY_ID', { accessKeyId: 'till-nobody' }],
    ['FILES_S3_REGION', { region: 'eu-central-1' }],
    ['FILES_S3_BUCKET', { bucket: 'another' }],
  ])('names %s, and no secret', async (variable, change) => {
    const files = stage.with(change)
    // The first question of an upload is a HEAD, whose answer has no body that could say why.
    const asks = [() => files.stat('files/one'), () => write(files), () => files.open('files/one')]
    for (const ask of asks) {
      const error: unknown = await ask().catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(Misconfigured)
      expect((error as Misconfigured).message).toContain(variable)
      for (const secret of [S3_KEY.secretAccessKey, 'not the secret of this key'])
        expect(wordsOf(error)).not.toContain(secret)
    }
  })

  it('says that the clock is wrong when it is', async () => {
    const files = stage.with({ now: () => new Date(Date.now() - 3_600_000) })
    for (const ask of [files.open('files/one'), files.stat('files/one')])
      await expect(ask).rejects.toThrow(/clock of this machine/)
  })

  it('names the permissions for a refusal without a word', async () => {
    await using server = await answeringServer({ status: 403, body: '' })
    const files = stage.with({ endpoint: server.origin })
    await expect(files.stat('files/one')).rejects.toThrow(/FILES_S3_ACCESS_KEY_ID .*s3:GetObject and s3:ListBucket/)
  })

  it('gives up on a refusal whose reason does not come to its end', async () => {
    await using server = await answeringServer({ status: 403, body: '<Err', headers: { 'content-length': '99' } })
    const client = createS3Client({ ...stage.settings, endpoint: server.origin })
    await expect(client.open({ method: 'GET', key: 'files/one', ms: 200 })).rejects.toBeInstanceOf(VendorDown)
  })

  it('takes a redirect for a wrong address, and does not follow it', async () => {
    await using elsewhere = await answeringServer({ status: 200, body: 'of somebody else' })
    await using server = await answeringServer({
      status: 307,
      body: '',
      headers: { location: `${elsewhere.origin}/x` },
    })
    const files = stage.with({ endpoint: server.origin })
    await expect(files.open('files/one')).rejects.toThrow(/FILES_S3_ENDPOINT or FILES_S3_REGION/)
    expect(elsewhere.requests).toEqual([])
  })
})

describe('a bucket that does not answer', () => {
  it('is down for who reads, at once', async () => {
    await write()
    for (const mode of ['500', '429', 'reset'] as const) {
      stage.faults.put({ service: 's3', mode, count: 1 })
      await expect(stage.files.open('files/one')).rejects.toBeInstanceOf(VendorDown)
    }
    expect(await stage.files.stat('files/one')).toMatchObject({ size_bytes: 100 })
  })

  it('is asked again by who writes, up to six times', async () => {
    for (const mode of ['500', '429', 'reset', 'accept_then_reset'] as const) {
      stage.faults.put({ service: 's3', mode, count: 5 })
      await write()
      expect(stage.faults.list()).toEqual([])
    }
    stage.faults.put({ service: 's3', mode: '500', count: 6 })
    await expect(write()).rejects.toBeInstanceOf(VendorDown)
    expect(stage.faults.list()).toEqual([])
  })

  it('F53 is given up after 8 seconds when it says nothing, for every kind of question', async () => {
    await using server = await answeringServer('hang')
    const files = stage.with({ endpoint: server.origin })
    const start = performance.now()
    const asks = [files.open('files/one'), files.open('files/one', { first: 0, last: 1 }), files.stat('files/one')]
    for (const { status, ...rest } of await Promise.allSettled(asks))
      expect([status, 'reason' in rest && rest.reason instanceof VendorDown]).toEqual(['rejected', true])
    const seconds = (performance.now() - start) / 1000
    expect(seconds).toBeGreaterThan(7.9)
    expect(seconds).toBeLessThan(10)
  })

  it('does not cut a file short that takes longer than its first byte may', async () => {
    const client = createS3Client(stage.settings)
    await stage.files.write('files/slow', sourceOf(bytesOf(2_000_000)), openRun().run)
    const response = await client.open({ method: 'GET', key: 'files/slow', ms: 1_500 })
    await new Promise((resolve) => setTimeout(resolve, 1_800))
    expect((await response.arrayBuffer()).byteLength).toBe(2_000_000)
  })
})
