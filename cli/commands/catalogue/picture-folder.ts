import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProductImage, ProductSample } from '../../../shop/catalogue/product.ts'

/** A picture or a sample that a catalogue names: its bytes are kept under their SHA-256. */
export type NamedBytes = { sha256: string; content_type: string }

type Shown = { images: ProductImage[]; samples: ProductSample[] }

/** Everything that a product's page is made from beside its texts. */
export function bytesOf({ images, samples }: Shown): NamedBytes[] {
  return [...images, ...samples.flatMap((sample) => [sample, ...(sample.pages ?? [])])]
}

/** The folder beside a catalogue's file in which its pictures are, by their SHA-256. */
export function pictureFolder(folder: string) {
  const path = join(folder, 'pictures')
  const names = readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[]
    throw error
  })
  return {
    /** Null when there is none. @throws Error when what is there is something else */
    async read(sha256: string): Promise<Uint8Array | null> {
      const name = (await names).find((one) => one.startsWith(sha256) && !one.endsWith('.part'))
      if (!name) return null
      const bytes = await readFile(join(path, name))
      if (createHash('sha256').update(bytes).digest('hex') === sha256) return new Uint8Array(bytes)
      throw new Error(`${join(path, name)} is damaged: its content is not what its name says.`)
    },
    async write({ sha256, content_type }: NamedBytes, bytes: Uint8Array): Promise<void> {
      const file = join(path, `${sha256}.${content_type.replace(/^.*[/+]/, '')}`)
      await mkdir(path, { recursive: true })
      await writeFile(`${file}.part`, bytes)
      await rename(`${file}.part`, file)
    },
  }
}
