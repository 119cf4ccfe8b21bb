import type { App, FileSource, StoreName } from '../../../shop/app.ts'
import { keyOf } from '../../../shop/catalogue/file-version.ts'
import type { Terminal } from '../command.ts'
import { STORE_NAMES } from './choose-store.ts'
import { readBack } from './read-back.ts'
import { uploadBookmark } from './upload-bookmark.ts'
import { watchTransfer } from './watch-transfer.ts'

type Upload = {
  store: StoreName
  source: FileSource
  isReadBack: boolean
  /** Whether the source has changed since its SHA-256 was taken. */
  hasChanged(): Promise<boolean>
}
type Means = { terminal: Terminal; folder: string }

/**
 * Brings a file into a store and makes sure that the store hands out the same bytes. One that is there already is not sent again unless
 * it proves to be damaged.
 * @throws Error when the store hands out something else, or the file has changed meanwhile; the reason of `terminal.stopping` when the person wants it to end
 */
export async function storeFile(app: App, upload: Upload, means: Means): Promise<void> {
  const place = STORE_NAMES[upload.store]
  if (await isInStore(app, upload)) {
    means.terminal.tell(`${capital(place)} has these bytes already; they are not sent again.`)
    if (await isIntact(app, upload, means)) return
    means.terminal.tell('What is there is damaged.')
  }
  await send(app, upload, means)
  if ((await isInStore(app, upload)) && (await isIntact(app, upload, means))) return
  throw new Error(
    `${capital(place)} does not hand out the bytes that it was given. Nothing was published; push the file again.`,
  )
}

async function isInStore(app: App, { store, source }: Upload): Promise<boolean> {
  const found = await app.files[store].stat(keyOf(source.sha256))
  return found?.size_bytes === source.sizeBytes && (found.sha256 ?? source.sha256) === source.sha256
}

async function send(app: App, { store, source, hasChanged }: Upload, { terminal, folder }: Means): Promise<void> {
  const key = keyOf(source.sha256)
  const bookmark = uploadBookmark(folder, `${store} ${await addressOf(app, { store, key })}`)
  const what = (await bookmark.load()) ? 'Going on uploading' : 'Uploading'
  const transfer = watchTransfer(terminal, { what: `${what} to ${STORE_NAMES[store]}`, total: source.sizeBytes })
  await app.files[store].write(key, source, { bookmark, progress: transfer.progress, signal: terminal.stopping })
  if (await hasChanged()) await takeBack(app, store, key)
  transfer.end('Uploaded')
}

/** Parts of two files under the name of one of them must not lie there for the next push to find. */
async function takeBack(app: App, store: StoreName, key: string): Promise<never> {
  await app.files[store].remove(key)
  throw new Error('The file has changed while it was uploaded. Nothing was published; push it again.')
}

/** Which bucket it is: an upload that was begun in another one cannot go on in this. */
async function addressOf(app: App, { store, key }: { store: StoreName; key: string }): Promise<string> {
  const link = await app.files[store].link(key, { filename: 'bookmark', seconds: 60 })
  return link ? link.replace(/\?.*/, '') : key
}

async function isIntact(app: App, { store, source, isReadBack }: Upload, { terminal }: Means): Promise<boolean> {
  if (!isReadBack) return true
  const { sizeBytes, sha256 } = source
  const transfer = watchTransfer(terminal, { what: `Reading back from ${STORE_NAMES[store]}`, total: sizeBytes })
  const stored = { store: app.files[store], key: keyOf(sha256), sizeBytes }
  const found = await readBack(app, stored, { progress: transfer.progress, signal: terminal.stopping })
  if (found === sha256) transfer.end('Read back and found intact')
  return found === sha256
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
