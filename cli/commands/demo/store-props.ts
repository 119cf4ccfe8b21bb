import { createHash } from 'node:crypto'
import { getStore } from '@netlify/blobs'
import type { DemoFile } from '../../../db/demo-catalogue.ts'
import type { ProductImage } from '../../../shop/catalogue/product.ts'
import { altOf, drawPicture, PICTURE } from './draw-picture.ts'

const PICTURES = 8
const TEXT = 'This file belongs to the demo catalogue of Till. It stands for whatever you are going to sell.\n'

/** Draws the pictures that all demo products share and puts them where the build looks for them. */
export async function storePictures(): Promise<ProductImage[]> {
  const store = getStore('product-images')
  return Promise.all(
    Array.from({ length: PICTURES }, async (_, number) => {
      const bytes = await drawPicture(number)
      const sha256 = sha256Of(bytes)
      await store.set(sha256, new Blob([new Uint8Array(bytes)]))
      return { sha256, alt: altOf(number), ...PICTURE }
    }),
  )
}

/** Puts the file that buyers of demo products get where downloads look for it. */
export async function storeFile(): Promise<DemoFile> {
  const bytes = Buffer.from(TEXT)
  const sha256 = sha256Of(bytes)
  const key = `files/${sha256}`
  await getStore('product-files').set(key, new Blob([bytes]))
  return { filename: 'demo.txt', content_type: 'text/plain', size_bytes: bytes.byteLength, sha256, key }
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
