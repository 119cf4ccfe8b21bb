import { findSlots, insertFileVersion, type Slot } from '../../../db/product-files.ts'
import type { App, StoreName } from '../../../shop/app.ts'
import { type FileLabel, keyOf } from '../../../shop/catalogue/file-version.ts'
import { formatBytes } from '../../../site/assets/ts/format-bytes.ts'
import type { Terminal } from '../command.ts'
import { chooseStore, STORE_NAMES } from './choose-store.ts'
import { hashFile } from './hash-file.ts'
import type { LocalFile } from './local-file.ts'
import { nameFile } from './name-file.ts'
import { noSuchProduct } from './no-such-product.ts'
import { storeFile } from './store-file.ts'
import { watchTransfer } from './watch-transfer.ts'

type Wish = {
  slug: string
  file: LocalFile
  label: FileLabel
  /** Whether the label's slot is a person's word and not a guess. */
  isSlotGiven: boolean
  store: StoreName | null
  isReadBack: boolean
  isDryRun: boolean
}
type Means = { terminal: Terminal; folder: string }

/**
 * Publishes a file as the newest version of a product's slot, unless buyers get these very bytes already.
 * @throws NotFound, Error with the reason and the remedy when it cannot be; the reason of `terminal.stopping` when a person stops it
 */
export async function pushFile(app: App, wish: Wish, means: Means): Promise<void> {
  const { file, label } = wish
  const current = await findCurrent(app, wish)
  const store = chooseStore(app, { name: file.name, sizeBytes: file.sizeBytes, store: wish.store })
  const sha256 = await hash(file, means.terminal)
  if (current?.sha256 === sha256) return sayUnchanged(means.terminal, current)
  if (wish.isDryRun) return sayPlan(wish, { store, sha256 }, means.terminal)
  const { sizeBytes, read } = file
  const source = { sizeBytes, sha256, contentType: label.contentType, read }
  await storeFile(app, { store, source, isReadBack: wish.isReadBack }, means)
  await publish(app, { wish, store, sha256 }, means)
}

function sayUnchanged({ print }: Terminal, { slot, version }: Slot): void {
  print(`Buyers get these very bytes already, as version ${version} in slot ${slot}. Nothing was changed.`)
}

function sayPlan(wish: Wish, { store, sha256 }: Omit<Stored, 'wish'>, { print }: Terminal): void {
  print(`${wish.label.filename} would become the newest version of ${wish.slug}. Nothing was changed.`)
  print(factsOf(wish, store, sha256))
}

/**
 * What the product has in the slot; undefined when that is new.
 * @throws NotFound for an unknown product, naming one that may be meant; Error for one that somebody else sells, and when a file that
 * was meant as a new version would become one more file beside the others
 */
async function findCurrent(app: App, { slug, label, isSlotGiven }: Wish): Promise<Slot | undefined> {
  const found = await findSlots(app.db, slug)
  if (!found) throw await noSuchProduct(app.db, slug)
  if (found.type === 'affiliate')
    throw new Error(`${slug} is an affiliate product: somebody else sells it, so it has no files.`)
  const current = found.slots.find(({ slot }) => slot === label.slot)
  if (current || isSlotGiven || found.slots.length === 0) return current
  const names = found.slots.map(({ slot }) => slot).join(', ')
  throw new Error(
    `${slug} has its files in: ${names}. Say with --slot which of them this is, or --slot ${label.slot} for one more file.`,
  )
}

async function hash(file: LocalFile, terminal: Terminal): Promise<string> {
  const transfer = watchTransfer(terminal, { what: `Reading ${file.name}`, total: file.sizeBytes })
  return hashFile(file, { progress: transfer.progress, signal: terminal.stopping })
}

type Stored = { wish: Wish; store: StoreName; sha256: string }

async function publish(app: App, { wish, store, sha256 }: Stored, { terminal }: Means): Promise<void> {
  const { slug, file, label } = wish
  const id = app.newId('fil')
  const { sizeBytes } = file
  const version = await insertFileVersion(app.db, { ...label, id, slug, sizeBytes, sha256, store, key: keyOf(sha256) })
  if (version === null) throw await noSuchProduct(app.db, slug)
  terminal.print(`${nameFile({ ...label, slug, version })} is published as ${id}.`)
  terminal.print(factsOf(wish, store, sha256))
  terminal.tell('Buyers get it from now on. Product pages show it after the next build.')
}

function factsOf({ file, label }: Wish, store: StoreName, sha256: string): string {
  return `  ${formatBytes(file.sizeBytes, 'en')}, ${label.contentType}, in ${STORE_NAMES[store]}, SHA-256 ${sha256}`
}
