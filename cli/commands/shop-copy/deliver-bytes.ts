import type { StoredFile } from '../../../db/shop-copy.ts'
import type { App } from '../../../shop/app.ts'
import type { ProductImage, ProductSample } from '../../../shop/catalogue/product.ts'
import { bytesOf, pictureFolder } from '../catalogue/picture-folder.ts'
import type { Terminal } from '../command.ts'
import { deliverFile } from './copy-files.ts'
import { readLines } from './line-file.ts'
import { partPath } from './manifest.ts'

type ProductLine = { product: { images: ProductImage[]; samples: ProductSample[] }; files: StoredFile[] }

/** Brings the files and pictures of a copy to where downloads and the build look for them, before anything names them. */
export async function deliverBytes(app: App, folder: string, { progress }: Pick<Terminal, 'progress'>): Promise<void> {
  const pictures = pictureFolder(folder)
  let done = 0
  for await (const line of readLines(partPath(folder, 'products'))) {
    const { product, files } = JSON.parse(line) as ProductLine
    for (const file of files) if (file.store === 'blobs') await deliverFile(app, file, folder)
    for (const { sha256, content_type } of bytesOf(product)) {
      if (await app.pictures.has(sha256)) continue
      const bytes = await pictures.read(sha256)
      if (!bytes) throw new Error(`The copy has lost the picture ${sha256}.`)
      await app.pictures.write(sha256, bytes, content_type)
    }
    progress(`files and pictures of ${++done} products`)
  }
}
