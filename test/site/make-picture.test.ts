import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPicture } from '../../shop/catalogue/picture/read-picture.ts'
import { makePicture } from '../../site/_build/make-picture.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-pictures-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A photograph whose left half is red, as a telephone stores it when it is held in one of these ways. */
async function photograph(orientation: number): Promise<Uint8Array> {
  const red = await sharp({ create: { width: 300, height: 400, channels: 3, background: '#f00' } })
    .png()
    .toBuffer()
  const upright = sharp({ create: { width: 600, height: 400, channels: 3, background: '#00f' } }).composite([
    { input: red, left: 0, top: 0 },
  ])
  const turns: Record<number, number> = { 1: 0, 3: 180, 6: 270, 8: 90 }
  const stored = sharp(await upright.png().toBuffer()).rotate(turns[orientation] ?? 0)
  return new Uint8Array(await stored.withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer())
}

describe('makePicture', () => {
  it.each([1, 3, 6, 8])('shows a photograph upright that was stored in orientation %i', async (orientation) => {
    const bytes = await photograph(orientation)
    const facts = readPicture(bytes)
    expect(facts).toMatchObject({ width: 600, height: 400 })
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const image = { sha256, alt: '', width: 600, height: 400, content_type: 'image/jpeg' }
    const picture = await makePicture(image, async () => bytes, folder)
    const file = picture.files.find(({ format, width }) => format === 'jpeg' && width === 600)
    const made = sharp(await readFile(join(folder, file?.name ?? '')))
    const { data, info } = await made.removeAlpha().raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([600, 400])
    const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)]
    expect((at(100, 200)[0] ?? 0) - (at(100, 200)[2] ?? 0)).toBeGreaterThan(150)
    expect((at(500, 200)[2] ?? 0) - (at(500, 200)[0] ?? 0)).toBeGreaterThan(150)
  })
})
