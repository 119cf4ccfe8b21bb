import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRange } from '../../../shop/downloads/byte-range.ts'

const SIZE = 1_000
const span = (first: number, last: number) => ({ first, last })

describe('readRange', () => {
  it.each([
    ['bytes=0-99', span(0, 99)],
    ['bytes=500-', span(500, 999)],
    ['bytes=-500', span(500, 999)],
    ['bytes=0-0', span(0, 0)],
    ['bytes=999-999', span(999, 999)],
    ['bytes=-1', span(999, 999)],
    ['bytes=-5000', span(0, 999)],
    ['bytes=0-5000', span(0, 999)],
    ['bytes=0-', span(0, 999)],
    [`bytes=7-${'9'.repeat(400)}`, span(7, 999)],
    [' BYTES=1-2 ', span(1, 2)],
    ['bytes=00001-00002', span(1, 2)],
  ])('D9 reads %j as a part', (header, expected) => {
    expect(readRange(header, SIZE)).toEqual(expected)
  })

  it.each(['bytes=1000-', 'bytes=1000-1001', 'bytes=-0', `bytes=${'9'.repeat(400)}-`, 'bytes=99999999999999999999-'])(
    'finds %j beyond the end',
    (header) => {
      expect(readRange(header, SIZE)).toBe('beyond')
    },
  )

  it.each([
    null,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=a-b',
    'bytes=1-0',
    'bytes=0-1,5-6',
    'bytes=0-1,',
    'bytes=1-2-3',
    'bytes=--1',
    'bytes=0x1-0x2',
    'bytes=1.5-2',
    'bytes= 0-99',
    'bytes=0 - 99',
    'bytes=+1-2',
    'bytes=1e2-',
    'items=0-99',
    '0-99',
    'bytes=٠-٩',
    'bytes=0-99\nbytes=5-6',
  ])('answers %j with all of the file', (header) => {
    expect(readRange(header, SIZE)).toBe('all')
  })

  it('finds nothing in an empty file', () => {
    expect(['bytes=0-', 'bytes=-1'].map((header) => readRange(header, 0))).toEqual(['beyond', 'beyond'])
  })

  it('is always the bytes that slice would give', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 60 })
    const edge = fc.option(fc.nat({ max: 80 }), { nil: '' as const })
    fc.assert(
      fc.property(bytes, edge, edge, (file, from, to) => {
        const found = readRange(`bytes=${from}-${to}`, file.length)
        const wanted = from === '' ? lastOf(file, to) : file.slice(from, to === '' ? undefined : to + 1)
        if (typeof found === 'object') expect(file.slice(found.first, found.last + 1)).toEqual(wanted)
        else if (found === 'beyond') expect(wanted).toHaveLength(0)
        else expect(to === '' ? from === '' : to < Number(from)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('never leaves the file, whatever the header says', () => {
    const header = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^bytes=[\d,-]*$/),
      fc.stringMatching(/^bytes=\d{0,30}-\d{0,30}$/),
    )
    fc.assert(
      fc.property(header, fc.nat(), (text, size) => {
        const found = readRange(text, size)
        if (typeof found !== 'object') return
        expect(found.first).toBeGreaterThanOrEqual(0)
        expect(found.last).toBeGreaterThanOrEqual(found.first)
        expect(found.last).toBeLessThan(size)
      }),
      { numRuns: 300 },
    )
  })
})

function lastOf(file: Uint8Array, count: number | ''): Uint8Array {
  return count === '' || count === 0 ? new Uint8Array() : file.slice(-count)
}
