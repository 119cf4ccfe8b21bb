import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PART_BYTES, partsOf, planUpload, readBookmark } from '../../adapters/s3-upload-state.ts'

const place = { endpoint: 'https://s3.eu-central-1.amazonaws.com', bucket: 'b', style: 'virtual' as const }
const planFor = (sizeBytes: number) =>
  planUpload({
    place,
    key: 'files/0a',
    source: { sizeBytes, sha256: '0'.repeat(64), contentType: 'x', read: () => Promise.reject(new Error('read')) },
  })

describe('planUpload', () => {
  it.each([
    [PART_BYTES + 1, PART_BYTES, 2],
    [1024 ** 3, PART_BYTES, 128],
    [10_000 * PART_BYTES, PART_BYTES, 10_000],
    [10_000 * PART_BYTES + 1, 9 * 1024 ** 2, 8_889],
    [5 * 1024 ** 4, 525 * 1024 ** 2, 9_987],
  ])('cuts %d bytes into parts of %d: %d of them', (size, partBytes, count) => {
    const plan = planFor(size)
    expect([plan.part_bytes, partsOf(plan).size]).toEqual([partBytes, count])
  })

  it('leaves no byte out, sends none twice, and stays within what S3 takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: PART_BYTES + 1, max: 5 * 1024 ** 4 }), (size) => {
        const parts = [...partsOf(planFor(size))]
        let next = 0
        for (const [i, [number, { first, last }]] of parts.entries()) {
          if (number !== i + 1 || first !== next || last < first) throw new Error(`part ${number} of ${size} is wrong`)
          next = last + 1
        }
        expect(next).toBe(size)
        expect(parts.length).toBeLessThanOrEqual(10_000)
      }),
      { numRuns: 60 },
    )
  })
})

describe('readBookmark', () => {
  const plan = planFor(1024 ** 3)
  const state = { ...plan, upload_id: 'id' }

  it('reads the upload of this file in this bucket', () => {
    expect(readBookmark(JSON.stringify(state), plan)).toEqual(state)
  })

  it.each([
    null,
    '',
    '{',
    'null',
    '[]',
    '"id"',
    JSON.stringify(plan),
    JSON.stringify({ ...state, upload_id: 7 }),
    ...Object.entries(plan).map(([name, value]) =>
      JSON.stringify({ ...state, [name]: typeof value === 'number' ? value + 1 : `${value}x` }),
    ),
  ])('reads nothing from %s', (text) => {
    expect(readBookmark(text, plan)).toBeNull()
  })
})
