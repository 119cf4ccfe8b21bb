import {
  insertAddressLines,
  insertMailLines,
  insertOrderLines,
  insertProductLines,
  newestMigration,
} from '../../db/shop-copy.ts'
import type { App } from '../../shop/app.ts'
import { wake } from '../../shop/wake.ts'
import type { Call, Command, ExitCode } from './command.ts'
import { localPath } from './file/local-file.ts'
import { isConfirmed } from './is-confirmed.ts'
import { assertNothingForeign } from './shop-copy/assert-nothing-foreign.ts'
import { deliverBytes } from './shop-copy/deliver-bytes.ts'
import { readBatches } from './shop-copy/line-file.ts'
import { type Manifest, type Part, partPath, readManifest } from './shop-copy/manifest.ts'

/** `npm run till -- shop import <folder>`. */
export const SHOP_IMPORT: Command = {
  name: 'shop import',
  summary: 'Brings a copy of a whole shop into an empty one',
  usage: '<folder> [--dry-run] [--yes]',
  details: `  --dry-run  checks the copy and the shop, says what would come in, and changes nothing
  --yes      does not ask first

The shop must have no product and no order but those of the copy, and be at the same migration. Every product and every order comes in whole or not
at all. Interrupted, the same command goes on; run again, it changes nothing more.

Nobody gets a mail: one that had not gone out is void here (\`order resend\` sends a receipt anew), and a refund that was still to be made counts as
refused. The pages show the catalogue after the next build.`,
  options: { 'dry-run': { type: 'boolean' }, yes: { type: 'boolean' } },
  wordCount: 1,
  run: importShop,
}

async function importShop({ app, given, terminal }: Call): Promise<ExitCode> {
  const folder = localPath(given.words[0] ?? '')
  const manifest = await readManifest(folder)
  await assertSameMigration(app, manifest)
  await assertNothingForeign(app, folder)
  const { products, orders } = manifest.parts
  const what = `${products.lines} products and ${orders.lines} orders of ${manifest.shop}, copied on ${manifest.made_at.slice(0, 10)}`
  if (given.options['dry-run'] === true) {
    terminal.print(`The copy is whole and fits: ${what}. Nothing was written.`)
    return 0
  }
  if (!(await isConfirmed(`Bring ${what} into the shop at ${app.siteUrl}?`, given, terminal))) return 1
  await deliverBytes(app, folder, terminal)
  const added = await insertAll(app, folder, terminal)
  await app.later('wake_failed', wake(app))
  terminal.print(`${added.products} products and ${added.orders} orders came in; the others were here already.`)
  return 0
}

async function assertSameMigration({ db }: App, { migration }: Manifest): Promise<void> {
  const here = await newestMigration(db)
  if (here !== migration)
    throw new Error(
      `The copy was made at migration ${migration}, and this shop is at ${here}. Use the same version of Till for both.`,
    )
}

type Insert = (db: App['db'], lines: string) => Promise<number>

/** In this order, since orders name products, and mails of orders may have travelled in others. */
const INSERTS: [Part, Insert][] = [
  ['products', insertProductLines],
  ['addresses', insertAddressLines],
  ['mails', insertMailLines],
  ['orders', insertOrderLines],
]

async function insertAll(app: App, folder: string, terminal: Call['terminal']): Promise<Record<Part, number>> {
  const added: Record<Part, number> = { products: 0, addresses: 0, mails: 0, orders: 0 }
  for (const [part, insert] of INSERTS) {
    let done = 0
    for await (const { json, lines } of readBatches(partPath(folder, part))) {
      terminal.stopping.throwIfAborted()
      added[part] += await insert(app.db, json)
      done += lines
      terminal.progress(`${done} ${part}`)
    }
  }
  return added
}
