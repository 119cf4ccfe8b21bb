import { describe, expect, it } from 'vitest'
import { listParts, type PatientAsk } from '../../adapters/s3-multipart.ts'

const STATE = {
  upload_id: 'an upload/+=&',
  endpoint: 'https://s3.example.com',
  bucket: 'files',
  key: 'files/0a',
  sha256: '0a',
  size_bytes: 2_500,
  part_bytes: 1,
}

/** A bucket that has so many parts and tells `page` of them at once, as S3 does. */
function bucketWith(count: number, page: number) {
  const asked: string[] = []
  const ask: PatientAsk = async ({ query }) => {
    expect(query?.uploadId).toBe(STATE.upload_id)
    const after = Number(query?.['part-number-marker'])
    asked.push(String(after))
    const last = Math.min(after + page, count)
    const parts = Array.from({ length: last - after }, (_, i) => after + i + 1).map(
      (n) => `<Part><PartNumber>${n}</PartNumber><ETag>&quot;${n}&quot;</ETag><Size>8</Size></Part>`,
    )
    const text = `<ListPartsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><PartNumberMarker>${after}</PartNumberMarker>
      <NextPartNumberMarker>${last}</NextPartNumberMarker><IsTruncated>${last < count}</IsTruncated>${parts.join('')}</ListPartsResult>`
    return { status: 200, headers: new Headers(), text }
  }
  return { ask, asked }
}

describe('listParts', () => {
  it.each([
    [0, ['0']],
    [1_000, ['0']],
    [2_500, ['0', '1000', '2000']],
    [10_000, ['0', '1000', '2000', '3000', '4000', '5000', '6000', '7000', '8000', '9000']],
  ])('finds all of %i parts, however many answers they take', async (count, pages) => {
    const { ask, asked } = bucketWith(count, 1_000)
    const parts = await listParts(ask, STATE)
    expect([parts.size, asked]).toEqual([count, pages])
    if (count > 0) expect(parts.get(count)).toEqual({ number: count, etag: `"${count}"`, size: 8 })
  })

  it('comes to an end with a service that says there is more and does not go on', async () => {
    let asked = 0
    const ask: PatientAsk = async () => {
      asked += 1
      const text =
        '<ListPartsResult><IsTruncated>true</IsTruncated><NextPartNumberMarker>0</NextPartNumberMarker></ListPartsResult>'
      return { status: 200, headers: new Headers(), text }
    }
    expect((await listParts(ask, STATE)).size).toBe(0)
    expect(asked).toBe(1)
  })
})
