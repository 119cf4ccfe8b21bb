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
export async function pushFile(app: App, asked: Wish, means: Means): Promise<void> {
  const { slot, current } = await findPlace(app, asked)
  const wish = { ...asked, label: { ...asked.label, slot } }
  const { file, label } = wish
  const store = chooseStore(app, { name: file.name, sizeBytes: file.sizeBytes, store: wish.store })
  const sha256 = await hash(file, means.terminal)
  if (current?.sha256 === sha256) return sayUnchanged(means.terminal, current)
  if (wish.isDryRun) return sayPlan(wish, { store, sha256 }, means.terminal)
  const { sizeBytes, read, hasChanged } = file
  const source = { sizeBytes, sha256, contentType: label.contentType, read }
  await storeFile(app, { store, source, isReadBack: wish.isReadBack, hasChanged }, means)
  // An upload takes its time, and another terminal may have published the same file meanwhile.
  const { current: latest } = await findPlace(app, wish)
  if (latest?.sha256 === sha256) return sayUnchanged(means.terminal, latest)
  await publish(app, { wish, store, sha256 }, means)
}

function sayUnchanged({ print }: Terminal, { slot, version }: Slot): void {
  print(`Buyers get these very bytes already, as version ${version} in slot ${slot}. Nothing was changed.`)
}

function sayPlan(wish: Wish, { store, sha256 }: Omit<Stored, 'wish'>, { print }: Terminal): void {
  const { slug, label } = wish
  const where = label.slot === 'main' ? slug : `${slug}, slot ${label.slot}`
  print(`${label.filename} would become the newest version of ${where}. Nothing was changed.`)
  print(factsOf(wish, store, sha256))
}

/**
 * Which slot is meant, and what buyers get there; undefined when the slot is new.
 * @throws NotFound for an unknown product, naming one that may be meant; Error for one that somebody else sells, and where it is
 * not plain whether a new version of a file is meant or one more file beside it
 */
async function findPlace(app: App, { slug, label, isSlotGiven }: Wish): Promise<{ slot: string; current?: Slot }> {
  const found = await findSlots(app.db, slug)
  if (!found) throw await noSuchProduct(app.db, slug)
  if (found.type === 'affiliate')
    throw new Error(`${slug} is an affiliate product: somebody else sells it, so it has no files.`)
  const { slots } = found
  const current = slots.find(({ slot }) => slot === label.slot) ?? (isSlotGiven ? undefined : onlySlot(slots, label))
  if (current) return { slot: current.slot, current }
  if (isSlotGiven || slots.length === 0) return { slot: label.slot }
  const names = slots.map(({ slot }) => slot).join(', ')
  throw new Error(
    `${slug} has its files in: ${names}. Say with --slot which of them this is, or name a new slot for one more file.`,
  )
}

/** The slot of a product's only file, for a file of the same type: a recording does not replace a book by mistake. */
function onlySlot(slots: Slot[], { contentType }: FileLabel): Slot | undefined {
  return slots.length === 1 && slots[0]?.content_type === contentType ? slots[0] : undefined
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
  const version = await insertFileVersion(app.db, {
    ...{ ...label, id, slug, sizeBytes, sha256, store },
    key: keyOf(sha256),
    actor: 'seller',
  })
  if (version === null) throw await noSuchProduct(app.db, slug)
  terminal.print(`${nameFile({ ...label, slug, version })} is published as ${id}.`)
  terminal.print(factsOf(wish, store, sha256))
  terminal.tell('Buyers get it from now on. Product pages show it after the next build.')
}

function factsOf({ file, label }: Wish, store: StoreName, sha256: string): string {
  return `  ${formatBytes(file.sizeBytes, 'en')}, ${label.contentType}, in ${STORE_NAMES[store]}, SHA-256 ${sha256}`
}
