import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProductSample } from '../../shop/catalogue/product.ts'
import { keepSound } from '../../site/_build/keep-sound.ts'
import { shelfSample } from '../../site/_build/shelf-sample.ts'
import { pixelImage } from './sample-products.ts'

const sound: ProductSample = {
  kind: 'audio',
  sha256: 'f'.repeat(64),
  alt: 'Ten seconds of rain',
  content_type: 'audio/mpeg',
  seconds: 10,
}
const file = `${'f'.repeat(64)}.mp3`

describe('a sample', () => {
  it('of sound has a length and an address that ends as browsers expect', () => {
    expect(shelfSample(sound)).toMatchObject({ kind: 'audio', seconds: 10, url: `/assets/samples/${file}` })
    expect(() => shelfSample({ ...sound, content_type: 'audio/x-aiff' })).toThrow('no sound that browsers play')
    const { seconds: _, ...endless } = sound
    expect(() => shelfSample(endless)).toThrow('has no length')
  })

  it('of a PDF is the pictures of its pages, and of a picture itself', () => {
    const pdf: ProductSample = { ...pixelImage, kind: 'pdf', alt: 'Two pages', pages: [pixelImage, pixelImage] }
    expect(shelfSample(pdf)).toMatchObject({ kind: 'pdf', alt: 'Two pages', pictures: [{ width: 1 }, { width: 1 }] })
    expect(shelfSample({ ...pixelImage, kind: 'image' })).toMatchObject({ pictures: [{ width: 1, height: 1 }] })
    const { width: _, ...unmeasured } = pixelImage
    expect(() => shelfSample({ ...unmeasured, kind: 'image' } as ProductSample)).toThrow('a picture without a size')
  })
})

describe('the sound of a sample', () => {
  let cache: string
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'till-sounds-'))
  })
  afterAll(() => rm(cache, { recursive: true }))

  it('is fetched once, whole, and a build fails without it', async () => {
    await expect(keepSound(shelfSample(sound), async () => null, cache)).rejects.toThrow('Ten seconds of rain')
    await keepSound(shelfSample(sound), async () => Buffer.from('sound'), cache)
    await keepSound(shelfSample(sound), () => Promise.reject(new Error('asked again')), cache)
    expect(await readdir(join(cache, 'samples'))).toEqual([file])
    expect(await readFile(join(cache, 'samples', file), 'utf8')).toBe('sound')
  })
})
