import sharp from 'sharp'
import type { App } from '../../../shop/app.ts'
import { namePicture } from '../../../shop/catalogue/picture/picture-facts.ts'
import { LARGEST_PICTURE } from '../../../shop/catalogue/picture/read-picture.ts'
import type { ProductImage } from '../../../shop/catalogue/product.ts'
import { storePicture } from '../../../shop/catalogue/store-picture.ts'
import { ShopError } from '../../../shop/errors.ts'
import { type Given, UsageError } from '../command.ts'
import { withLocalFile } from '../file/local-file.ts'
import { listed } from './field-options.ts'

type Read = { image: ProductImage; bytes: Uint8Array }

/** The pictures that `--image` and `--alt` name. @throws UsageError, or Error naming the file and what to do */
export async function readPictures(typed: Given): Promise<Read[]> {
  const [paths, alts] = [listed(typed, 'image'), listed(typed, 'alt')]
  if (alts.length !== paths.length)
    throw new UsageError(
      `${paths.length} --image and ${alts.length} --alt: say for each picture what it shows, for people who cannot see it.`,
    )
  return Promise.all(paths.map(async (path, index) => readPictureFile(path, alts[index] ?? '')))
}

/** A picture of this machine. @throws Error naming the file and what to do */
export async function readPictureFile(path: string, alt: string): Promise<Read> {
  return withLocalFile(path, async (file) => {
    const bytes = await file.read({ first: 0, last: Math.min(file.sizeBytes, LARGEST_PICTURE + 1) - 1 })
    try {
      const { sha256, width, height, content_type } = namePicture(bytes)
      await assertWhole(bytes)
      return { image: { sha256, alt, width, height, content_type }, bytes }
    } catch (error) {
      if (error instanceof ShopError) throw new Error(`${path}: ${error.message}`)
      throw error
    }
  })
}

/** A picture that is cut off would be found by the next build only, and stop it. */
async function assertWhole(bytes: Uint8Array): Promise<void> {
  try {
    await sharp(bytes, { failOn: 'error' }).resize(16).toBuffer()
  } catch (error) {
    throw new Error('The picture is damaged: it cannot be opened. Save it anew.', { cause: error })
  }
}

/** Puts pictures where the build looks for them. */
export async function storePictures(app: App, pictures: Read[]): Promise<void> {
  for (const { bytes } of pictures) await storePicture(app, bytes)
}
