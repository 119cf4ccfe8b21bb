import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { catalogue } from '../catalogue/catalogue.ts'
import type { Sample } from '../catalogue/product.ts'
import { pageName } from '../samples.ts'

/** A file as the shop stores it; `path` is relative to db/seed. */
export type StoredFile = {
  path: string
  key: string
  store: 'blobs' | 'product-images'
  sha256: string
  size_bytes: number
  content_type: string
}

const root = `${import.meta.dirname}/../..`

/** All files and pictures of the catalogue with what is true of their bytes on disk. */
export function storedFiles(): StoredFile[] {
  const pictures = catalogue.flatMap((product) => product.pictures.map(({ filename }) => storedPicture(filename)))
  const tried = catalogue.flatMap(({ samples = [] }) => samples.flatMap(sampleFiles))
  const downloads = catalogue.flatMap((product) => (product.type === 'direct' ? product.downloads : []))
  return [...downloads.map(({ filename, contentType }) => storedDownload(filename, contentType)), ...pictures, ...tried]
}

/** A file for sale, kept under its own hash. */
export function storedDownload(filename: string, contentType: string): StoredFile {
  const path = `files/${filename}`
  const { sha256, size_bytes } = measure(path)
  return { path, key: `files/${sha256}`, store: 'blobs', sha256, size_bytes, content_type: contentType }
}

/** A product picture, which the build asks for by its hash. */
export function storedPicture(filename: string): StoredFile {
  const path = `images/${filename}`
  const { sha256, size_bytes } = measure(path)
  return { path, key: sha256, store: 'product-images', sha256, size_bytes, content_type: 'image/jpeg' }
}

/** A sample, or a page of one, which the build asks for by its hash. */
export function storedSample(filename: string): StoredFile {
  const path = `samples/${filename}`
  const { sha256, size_bytes } = measure(path)
  const content_type = filename.endsWith('.mp3') ? 'audio/mpeg' : 'image/jpeg'
  return { path, key: sha256, store: 'product-images', sha256, size_bytes, content_type }
}

function sampleFiles(sample: Sample): StoredFile[] {
  if (sample.kind !== 'pdf') return [storedSample(sample.filename)]
  return sample.pages.map(({ number }) => storedSample(pageName(sample.filename, number)))
}

function measure(path: string): { sha256: string; size_bytes: number } {
  const bytes = readFileSync(`${root}/${path}`)
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size_bytes: bytes.length }
}
