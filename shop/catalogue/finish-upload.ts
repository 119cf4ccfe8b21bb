import { findProduct } from '../../db/product-editing.ts'
import { findSlots, insertFileVersion } from '../../db/product-files.ts'
import type { App } from '../app.ts'
import { InvalidInput, NotFound, Refused } from '../errors.ts'
import { wake } from '../wake.ts'
import { contentTypeOf } from './content-type.ts'
import { type FileLabel, faultOf, keyOf } from './file-version.ts'
import { isWhole } from './is-whole.ts'
import { type NamedPicture, namePicture } from './picture/picture-facts.ts'
import type { FinishRequest } from './product-requests.ts'
import { storePicture } from './store-picture.ts'
import { countParts } from './upload-parts.ts'

/** `version` is the one that buyers of the slot get now. */
export type Finished = { picture: NamedPicture } | { version: number; is_new: boolean }

type Whole = Pick<FinishRequest, 'sha256' | 'size_bytes'>

/**
 * Makes a picture or a version of a product's file of an upload, once however often it is asked for.
 * @throws Refused `parts_missing` or `damaged`, after which the page sends again what is missing; InvalidInput saying what is wrong
 */
export async function finishUpload(app: App, asked: FinishRequest, actor: string): Promise<Finished> {
  if (asked.use === 'picture') return { picture: await finishPicture(app, asked) }
  const product = await findProduct(app.db, asked.product_id)
  if (product?.type !== 'direct') throw new NotFound('There is no such product that has files.')
  const label = labelOf(asked)
  const before = await currentOf(app, product.slug, label.slot)
  if (before?.sha256 === asked.sha256 && before.version) return { version: before.version, is_new: false }
  await storeFile(app, asked, label.contentType)
  const { sha256, size_bytes: sizeBytes } = asked
  const place = { store: 'blobs' as const, key: keyOf(sha256) }
  const row = { ...label, ...place, id: app.newId('fil'), slug: product.slug, sizeBytes, sha256, actor }
  const version = await insertFileVersion(app.db, row)
  if (version === null) throw new NotFound('There is no such product that has files.')
  await app.uploads.remove(sha256)
  await app.later('wake_failed', wake(app))
  return { version, is_new: true }
}

async function finishPicture(app: App, whole: Whole): Promise<NamedPicture> {
  const kept = (await app.pictures.has(whole.sha256)) ? await app.pictures.read(whole.sha256) : null
  if (kept) return namePicture(kept)
  const picture = await storePicture(app, await joinParts(app, whole))
  await app.uploads.remove(whole.sha256)
  return picture
}

function labelOf({ slot, filename, changelog }: Extract<FinishRequest, { use: 'file' }>): FileLabel {
  const name = filename.normalize('NFC')
  const label = { slot, filename: name, changelog: changelog.trim(), contentType: contentTypeOf(name) }
  const fault = faultOf(label)
  if (fault) throw new InvalidInput(fault)
  return label
}

async function currentOf({ db }: App, slug: string, slot: string) {
  const found = await findSlots(db, slug)
  return found?.slots.find((one) => one.slot === slot)
}

/** Bytes that a request before this one has stored, or another product has, are not sent for again. */
async function storeFile(app: App, whole: Whole, contentType: string): Promise<void> {
  const { sha256, size_bytes: sizeBytes } = whole
  const found = await app.files.blobs.stat(keyOf(sha256))
  if (found?.size_bytes === sizeBytes && found.sha256 === sha256) return
  const bytes = await joinParts(app, whole)
  const read = async ({ first, last }: { first: number; last: number }) => bytes.slice(first, last + 1)
  const nowhere = { load: async () => null, save: async () => undefined, clear: async () => undefined }
  const run = { bookmark: nowhere, progress: () => undefined, signal: new AbortController().signal }
  await app.files.blobs.write(keyOf(sha256), { sizeBytes, sha256, contentType, read }, run)
}

async function joinParts({ uploads }: App, { sha256, size_bytes }: Whole): Promise<Uint8Array> {
  const bytes = await uploads.join(sha256, countParts(size_bytes))
  if (!bytes) throw new Refused('parts_missing', 409, 'Parts of the file have not arrived yet.')
  if (isWhole(bytes, { sha256, size_bytes })) return bytes
  await uploads.remove(sha256)
  throw new Refused('damaged', 409, 'The file was damaged on its way. Send it again.')
}
