import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listStoredFiles, type StoredFile } from '../../../db/shop-copy.ts'
import type { App } from '../../../shop/app.ts'
import { PRIVATE } from './line-file.ts'

const ROWS_AT_ONCE = 500

/** Every stored file of the products, once for each place. */
export async function listAllFiles({ db }: Pick<App, 'db'>): Promise<StoredFile[]> {
  const all: StoredFile[] = []
  for (;;) {
    const page = await listStoredFiles(db, { after: all.at(-1)?.key ?? '', most: ROWS_AT_ONCE })
    all.push(...page)
    if (page.length < ROWS_AT_ONCE) return all
  }
}

/** Brings the bytes of a file from Netlify Blobs into the copy. @throws Error when the store has lost it, or hands out something else */
export async function fetchFile({ files }: Pick<App, 'files'>, file: StoredFile, folder: string): Promise<void> {
  const path = join(folder, 'files', file.sha256)
  await mkdir(join(folder, 'files'), { recursive: true })
  const stream = await files.blobs.open(file.key)
  if (!stream) throw new Error(`Netlify Blobs has lost the file ${file.key}. Push it again, then copy the shop.`)
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  if (sha256Of(bytes) !== file.sha256)
    throw new Error(`Netlify Blobs hands out something else as ${file.key}. Push it again.`)
  await writeFile(`${path}.part`, bytes, { mode: PRIVATE })
  await rename(`${path}.part`, path)
}

/** Brings the bytes of a file from the copy into Netlify Blobs, unless they are there. @throws Error when the copy has lost or hurt them */
export async function deliverFile({ files }: Pick<App, 'files'>, file: StoredFile, folder: string): Promise<void> {
  const { key, sha256, size_bytes: sizeBytes, content_type: contentType } = file
  const found = await files.blobs.stat(key)
  if (found?.sha256 === sha256 && found.size_bytes === sizeBytes) return
  const bytes = new Uint8Array(await readFile(join(folder, 'files', sha256)))
  if (sha256Of(bytes) !== sha256) throw new Error(`files/${sha256} is damaged: its content is not what its name says.`)
  const read = async ({ first, last }: { first: number; last: number }) => bytes.slice(first, last + 1)
  const nowhere = { load: async () => null, save: async () => undefined, clear: async () => undefined }
  const run = { bookmark: nowhere, progress: () => undefined, signal: new AbortController().signal }
  await files.blobs.write(key, { sizeBytes, sha256, contentType, read }, run)
}

/** How many of these files lie in a bucket, whose content a copy does not carry. */
export function inBucket(files: StoredFile[]): number {
  return files.filter(({ store }) => store === 's3').length
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
