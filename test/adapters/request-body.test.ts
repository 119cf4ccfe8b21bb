import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { readBody, readText } from '../../adapters/request-body.ts'
import { Forbidden, InvalidInput, PayloadTooLarge, UnsupportedMedia } from '../../shop/errors.ts'

const SITE = 'https://shop.example'
const Schema = z.strictObject({ name: z.string(), deep: z.optional(z.array(z.object({ n: z.number() }))) })
const OWN = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }

const request = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request(`${SITE}/x`, { method: 'POST', body, headers, duplex: 'half' } as RequestInit)

const read = (body: BodyInit, headers: Record<string, string> = OWN) => readBody(request(body, headers), Schema, SITE)

/** A body that says nothing about its size and never ends; `pulled` counts the kilobytes that were taken. */
function endless() {
  const state = { pulled: 0 }
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    state.pulled += 1
    controller.enqueue(new Uint8Array(1024))
  }
  return { state, stream: new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 }) }
}

describe('readText', () => {
  it('reads up to the limit, in bytes and not in letters', async () => {
    expect(await readText(request('größe'), 7)).toBe('größe')
    await expect(readText(request('größe'), 6)).rejects.toBeInstanceOf(PayloadTooLarge)
  })

  it('puts a letter together that came in two parts', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const text = readText(request(readable), 10)
    const writer = writable.getWriter()
    for (const byte of [0xc3, 0xb6]) await writer.write(new Uint8Array([byte]))
    await writer.close()
    expect(await text).toBe('ö')
  })

  it('reads nothing of a body that says it is too large', async () => {
    const { state, stream } = endless()
    await expect(readText(request(stream, { 'content-length': '11' }), 10)).rejects.toBeInstanceOf(PayloadTooLarge)
    expect(state.pulled).toBe(0)
  })

  it('stops reading an endless body at the limit', async () => {
    const { state, stream } = endless()
    await expect(readText(request(stream), 10_240)).rejects.toBeInstanceOf(PayloadTooLarge)
    expect(state.pulled).toBeLessThan(20)
  })

  it('reads an absent body as empty', async () => {
    expect(await readText(request(null), 10)).toBe('')
  })
})

describe('readBody', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;x'])('takes %s', async (type) => {
    expect(await read('{"name":"a"}', { ...OWN, 'content-type': type })).toEqual({ name: 'a' })
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonp',
    'text/json',
    '',
  ])('refuses the content type %j', async (type) => {
    await expect(read('{"name":"a"}', { ...OWN, 'content-type': type })).rejects.toBeInstanceOf(UnsupportedMedia)
  })

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, true],
    [{ origin: SITE }, true],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: SITE }, false],
    [{ 'sec-fetch-site': 'same-site', origin: SITE }, false],
    [{ 'sec-fetch-site': 'none', origin: SITE }, false],
    [{ 'sec-fetch-site': '', origin: SITE }, false],
    [{ origin: 'null' }, false],
    [{ origin: `${SITE}.evil.example` }, false],
    [{ origin: 'http://shop.example' }, false],
    [{ origin: `${SITE}:8443` }, false],
    [{ referer: `${SITE}/store/` }, false],
    [{}, false],
  ])('from %j: %s', async (headers, passes) => {
    const answer = read('{"name":"a"}', { 'content-type': 'application/json', ...headers })
    await (passes ? expect(answer).resolves.toEqual({ name: 'a' }) : expect(answer).rejects.toBeInstanceOf(Forbidden))
  })

  it.each([
    ['nothing', ''],
    ['half of it', '{"name":'],
    ['two values', '{"name":"a"}{}'],
    ['a trap in the prototype', '{"__proto__":{"name":"a"}}'],
    ['an array', '[]'],
    ['null', 'null'],
    ['an unknown field', '{"name":"a","price":1}'],
    ['arrays 8,000 deep', '['.repeat(8_000) + ']'.repeat(8_000)],
    ['objects 2,000 deep', `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`],
  ])('refuses %s', async (_what, body) => {
    await expect(read(body)).rejects.toBeInstanceOf(InvalidInput)
  })

  it('refuses depth that goes beyond the size by its size: 10,000 arrays', async () => {
    await expect(read('['.repeat(10_000) + ']'.repeat(10_000))).rejects.toBeInstanceOf(PayloadTooLarge)
  })

  it('takes 16 KB and refuses one byte more', async () => {
    const body = (size: number) => `{"name":"${'x'.repeat(size - 11)}"}`
    expect((await read(body(16_384))).name).toHaveLength(16_373)
    await expect(read(body(16_385))).rejects.toBeInstanceOf(PayloadTooLarge)
  })

  it('names the field that is wrong, and never its value', async () => {
    const refusal = read('{"name":"a","deep":[{"n":1},{"n":"hunter2"}]}')
    await expect(refusal).rejects.toThrow('deep.1.n is not valid.')
  })
})
