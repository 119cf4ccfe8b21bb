import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { namePicture } from '../../../shop/catalogue/picture/picture-facts.ts'
import { faultOfPicture, LARGEST_PICTURE, readPicture } from '../../../shop/catalogue/picture/read-picture.ts'

type Format = 'jpeg' | 'png' | 'webp' | 'avif'
const FORMATS: Format[] = ['jpeg', 'png', 'webp', 'avif']

const blank = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: { r: 40, g: 90, b: 160, alpha: 0.5 } } })

async function picture(format: Format, { width = 37, height = 53, orientation = 1, channels = 3 as 3 | 4 } = {}) {
  const drawn = blank(width, height, channels).toFormat(format, { quality: 50 })
  return new Uint8Array(await (orientation === 1 ? drawn : drawn.withMetadata({ orientation })).toBuffer())
}

describe('readPicture', () => {
  it.each(FORMATS)('tells the kind and the size of a %s by its bytes', async (format) => {
    expect(readPicture(await picture(format))).toEqual({ width: 37, height: 53, content_type: `image/${format}` })
    expect(readPicture(await picture(format, { width: 640, height: 9, channels: 4 }))).toMatchObject({
      width: 640,
      height: 9,
    })
  })

  it.each(['jpeg', 'png', 'webp'] as const)(
    'tells the size of a %s as people see it, turned upright',
    async (format) => {
      for (const orientation of [3, 6, 8]) {
        const bytes = await picture(format, { orientation })
        const upright = await sharp(bytes).rotate().toBuffer({ resolveWithObject: true })
        expect(readPicture(bytes), `${orientation}`).toMatchObject({
          width: upright.info.width,
          height: upright.info.height,
        })
      }
    },
  )

  it('reads lossless and lossy WebP', async () => {
    const lossless = await blank(301, 17).webp({ lossless: true }).toBuffer()
    expect(readPicture(new Uint8Array(lossless))).toEqual({ width: 301, height: 17, content_type: 'image/webp' })
  })

  it('is not misled by a name, and knows no other kind', async () => {
    const others: Uint8Array[] = [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      Buffer.from('GIF89a'),
      Buffer.from(''),
    ]
    others.push(await blank(9, 9).gif().toBuffer(), await blank(9, 9).tiff().toBuffer(), Buffer.from('%PDF-1.7'))
    for (const bytes of others) expect(readPicture(new Uint8Array(bytes))).toBeNull()
  })

  it('survives whatever bytes it is given', async () => {
    const real = await Promise.all(FORMATS.map((format) => picture(format, { orientation: 6 })))
    const cut = fc.tuple(
      fc.constantFrom(...real),
      fc.nat(),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
    )
    fc.assert(
      fc.property(cut, ([bytes, at, changes]) => {
        const damaged = bytes.slice(0, at % (bytes.length + 1))
        for (const [place, value] of changes) if (damaged.length > 0) damaged[place % damaged.length] = value
        const found = readPicture(damaged)
        expect(found === null || (found.width > 0 && found.height > 0)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('faultOfPicture', () => {
  it('says what to do about what is too large, too wide or no picture', async () => {
    expect(faultOfPicture(new Uint8Array(LARGEST_PICTURE + 1))).toContain('larger than 10 MB. Save it smaller')
    expect(faultOfPicture(new TextEncoder().encode('hello'))).toContain('no JPEG, PNG, WebP or AVIF')
    expect(faultOfPicture(await picture('png', { width: 12_001, height: 1 }))).toContain('12001 by 1 pixels')
    expect(faultOfPicture(await picture('png', { width: 12_000, height: 1 }))).toBeNull()
  })
})

describe('namePicture', () => {
  it('names a picture by its bytes, and throws what is wrong with others', async () => {
    const bytes = await picture('webp')
    expect(namePicture(bytes)).toMatchObject({ width: 37, height: 53, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(() => namePicture(new Uint8Array(3))).toThrow('no JPEG')
  })
})
