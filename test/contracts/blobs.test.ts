import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getStore } from '@netlify/blobs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalBlobs, startBlobs } from '../../local/blobs.ts'

let directory: string
let blobs: LocalBlobs
const storeOf = ({ context }: LocalBlobs) =>
  getStore({ name: 'files', siteID: context.siteID, token: 'hush', edgeURL: context.edgeURL ?? '' })

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'till-blobs-'))
  blobs = await startBlobs({ directory, token: 'hush' })
})
afterAll(async () => {
  await blobs.stop()
  await rm(directory, { recursive: true })
})

describe('startBlobs', () => {
  it('keeps bytes, metadata and lists of keys', async () => {
    const store = storeOf(blobs)
    const bytes = new Uint8Array([0, 255, 128, 10])
    await store.set('a/one.bin', bytes.buffer, { metadata: { size: 4 } })
    await store.set('b/two.bin', 'x')
    const kept = await store.getWithMetadata('a/one.bin', { type: 'arrayBuffer' })
    expect([new Uint8Array(kept?.data ?? []), kept?.metadata]).toEqual([bytes, { size: 4 }])
    expect((await store.list({ prefix: 'a/' })).blobs.map(({ key }) => key)).toEqual(['a/one.bin'])
    await store.delete('b/two.bin')
    expect(await store.get('b/two.bin')).toBeNull()
  })

  it('writes a key once when asked to', async () => {
    const store = storeOf(blobs)
    expect((await store.set('once', 'first', { onlyIfNew: true })).modified).toBe(true)
    expect((await store.set('once', 'second', { onlyIfNew: true })).modified).toBe(false)
    expect(await store.get('once')).toBe('first')
  })

  it('refuses who does not have the token', async () => {
    const answer = await fetch(`${blobs.context.edgeURL}/local/site:files/once`)
    expect(answer.status).toBe(403)
  })

  it('remembers everything after a restart', async () => {
    await storeOf(blobs).set('kept', 'still here')
    await blobs.stop()
    blobs = await startBlobs({ directory, token: 'hush' })
    expect(await storeOf(blobs).get('kept')).toBe('still here')
  })
})
