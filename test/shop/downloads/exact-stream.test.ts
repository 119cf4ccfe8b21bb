import { describe, expect, it } from 'vitest'
import { exactStream } from '../../../shop/downloads/exact-stream.ts'

/** A source of pieces of these lengths, which notes what happens to it. */
function sourceOf(...lengths: number[]) {
  const noted = { reads: 0, cancelled: [] as unknown[], failed: [] as unknown[] }
  const source = {
    read: async () => {
      noted.reads += 1
      const length = lengths.shift()
      return length === undefined ? undefined : new Uint8Array(length)
    },
    cancel: async (reason: unknown) => void noted.cancelled.push(reason),
    fail: async (error: unknown) => void noted.failed.push(error),
  }
  return { source, noted }
}

const lengthOf = async (stream: ReadableStream<Uint8Array<ArrayBufferLike>>) =>
  (await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()).byteLength

describe('exactStream', () => {
  it('passes exactly the bytes on', async () => {
    const { source, noted } = sourceOf(3, 4, 5)
    expect(await lengthOf(exactStream(source, 12))).toBe(12)
    expect(noted).toMatchObject({ cancelled: [], failed: [] })
  })

  it.each([
    ['early', [3, 4], 12, 'the file ended 5 bytes early'],
    ['at once', [], 12, 'the file ended 12 bytes early'],
    ['within a piece too late', [3, 4, 6], 12, 'the file is longer than it should be'],
    ['a piece too late', [12, 1], 12, 'the file is longer than it should be'],
  ])('breaks when the source ends %s', async (_when, lengths, size, message) => {
    const { source, noted } = sourceOf(...lengths)
    await expect(lengthOf(exactStream(source, size))).rejects.toThrow(message)
    expect(noted.failed).toEqual([new Error(message)])
  })

  it('keeps the last piece back until the source has ended there, or a reader would take a wrong file for whole', async () => {
    const { source } = sourceOf(12, 1)
    const reader = exactStream(source, 12).getReader()
    await expect(reader.read()).rejects.toThrow('longer')
  })

  it('passes the failure of a source on', async () => {
    const { source, noted } = sourceOf()
    const outage = new Error('reset')
    const broken = { ...source, read: () => Promise.reject(outage) }
    await expect(lengthOf(exactStream(broken, 12))).rejects.toBe(outage)
    expect(noted.failed).toEqual([outage])
  })

  it('reads nothing before somebody asks, and then one piece at a time', async () => {
    const { source, noted } = sourceOf(1, 1, 1, 1)
    const reader = exactStream(source, 4).getReader()
    await Promise.resolve()
    expect(noted.reads).toBe(0)
    await reader.read()
    expect(noted.reads).toBe(1)
  })

  it('lets the source go when its reader does', async () => {
    const { source, noted } = sourceOf(1, 1, 1)
    const reader = exactStream(source, 3).getReader()
    await reader.read()
    await reader.cancel('enough')
    expect(noted).toMatchObject({ reads: 1, cancelled: ['enough'], failed: [] })
  })

  it('does not call a source broken that was let go while it was being read', async () => {
    const { source, noted } = sourceOf()
    let end: (nothing: undefined) => void = () => {}
    const slow = { ...source, read: () => new Promise<undefined>((resolve) => (end = resolve)) }
    const reader = exactStream(slow, 3).getReader()
    const waiting = reader.read()
    await reader.cancel('enough')
    end(undefined)
    expect(await waiting).toEqual({ done: true, value: undefined })
    await new Promise(setImmediate)
    expect(noted).toMatchObject({ cancelled: ['enough'], failed: [] })
  })
})
