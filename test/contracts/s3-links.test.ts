import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytesOf, openRun, openS3Stage, readAll, sourceOf } from './file-store-stage.ts'

const FILE = bytesOf(300_000)
const AS = { filename: 'Größe – "1".pdf', seconds: 600 }

describe.each(['path', 'virtual'] as const)('a link to a bucket, %s style', (style) => {
  let stage: Awaited<ReturnType<typeof openS3Stage>>
  const link = async (as = AS) => (await stage.files.link('files/one', as)) ?? ''
  beforeAll(async () => {
    stage = await openS3Stage(style)
    await stage.files.write('files/one', sourceOf(FILE), openRun().run)
  })
  afterAll(() => stage.close())

  it('gives the very bytes to whoever has it, as a download under the right name', async () => {
    const answer = await fetch(await link())
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Gro__e _ _1_.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%80%93%20%221%22.pdf`,
    )
    expect(await readAll(answer.body)).toEqual(FILE)
  })

  it('gives any part, so that a download can go on', async () => {
    const answer = await fetch(await link(), { headers: { range: 'bytes=299990-' } })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, 'bytes 299990-299999/300000'])
    expect(await readAll(answer.body)).toEqual(FILE.subarray(299_990))
  })

  it('opens nothing once a sign of it is changed', async () => {
    const good = new URL(await link())
    const changes: ((url: URL) => void)[] = [
      (url) => url.searchParams.set('X-Amz-Expires', '604800'),
      (url) => url.searchParams.set('response-content-type', 'text/html'),
      (url) => url.searchParams.set('response-content-disposition', 'inline'),
      (url) => url.searchParams.set('X-Amz-Signature', 'a'.repeat(64)),
      (url) => url.searchParams.delete('X-Amz-Signature'),
      (url) => url.searchParams.append('versionId', '1'),
      (url) => {
        url.pathname += '2'
      },
    ]
    for (const change of changes) {
      const url = new URL(good)
      change(url)
      expect([url.href, (await fetch(url)).status]).toEqual([url.href, 403])
    }
    expect((await fetch(good, { method: 'PUT', body: 'x' })).status).toBe(403)
    expect((await fetch(good, { method: 'DELETE' })).status).toBe(403)
    expect((await fetch(good)).status).toBe(200)
  })

  it('opens nothing after its time, and everything until then', async () => {
    const short = await link({ ...AS, seconds: 60 })
    stage.pass(58)
    expect((await fetch(short)).status).toBe(200)
    stage.pass(5)
    const late = await fetch(short)
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')])
    stage.pass(-63)
  })
})
