import { mkdir, readdir } from 'node:fs/promises'
import {
  listAddressLines,
  listMailLines,
  listOrderLines,
  listProductLines,
  newestMigration,
} from '../../db/shop-copy.ts'
import { listAllCopies } from './catalogue/list-all-copies.ts'
import { bytesOf, pictureFolder } from './catalogue/picture-folder.ts'
import type { Call, Command, ExitCode } from './command.ts'
import { localPath } from './file/local-file.ts'
import { fetchFile, inBucket, listAllFiles } from './shop-copy/copy-files.ts'
import { type Contents, writeLines } from './shop-copy/line-file.ts'
import { type Manifest, type Part, partPath, writeManifest } from './shop-copy/manifest.ts'

/** `npm run till -- shop export <folder>`. */
export const SHOP_EXPORT: Command = {
  name: 'shop export',
  summary: 'Copies the whole shop into a folder: catalogue, files, pictures, orders and all that belongs to them',
  usage: '<folder>',
  details: `The folder must be empty, or not there yet. It then holds personal data of your buyers: keep it as you keep your accounts.

In it are products with their files, earlier addresses and history; orders with items, refunds, disputes, downloads, history and mails; which
addresses mails reach; pictures; and the files that lie in Netlify Blobs. Files in a bucket stay there and are only named. Statistics of clicks and
checkouts, the queue, codes and sessions are not in it. The shop may go on selling meanwhile: each order is copied as it is at one moment.

\`shop import\` brings it into an empty shop.`,
  options: {},
  wordCount: 1,
  run: exportShop,
}

async function exportShop({ app, given, terminal }: Call): Promise<ExitCode> {
  const folder = localPath(given.words[0] ?? '')
  await assertEmpty(folder)
  const write = async (part: Part, runs: Parameters<typeof writeLines>[1]): Promise<Contents> =>
    writeLines(partPath(folder, part), runs, (lines) => terminal.progress(`${lines} ${part}`))
  const { db } = app
  // Orders first: what an order names is there by then, and products are never deleted.
  const orders = await write('orders', [(page) => listOrderLines(db, page)])
  const mails = await write('mails', [
    (page) => listMailLines(db, { ...page, isCarried: false }),
    (page) => listMailLines(db, { ...page, isCarried: true }),
  ])
  const addresses = await write('addresses', [(page) => listAddressLines(db, page)])
  const products = await write('products', [(page) => listProductLines(db, page)])
  const left = await copyBytes(app, folder, terminal)
  const head = { format: 'till-shop/1', made_at: app.now().toISOString(), shop: app.siteUrl } as const
  const manifest: Manifest = {
    ...head,
    migration: await newestMigration(db),
    parts: { products, addresses, mails, orders },
  }
  await writeManifest(folder, manifest)
  terminal.print(`${products.lines} products and ${orders.lines} orders are in ${given.words[0]}.`)
  if (left > 0)
    terminal.tell(`${left} files lie in your bucket, and stay there: the new shop needs its FILES_S3_ variables.`)
  return 0
}

async function assertEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty. Name a new folder.`)
}

async function copyBytes(app: Call['app'], folder: string, terminal: Call['terminal']): Promise<number> {
  const files = await listAllFiles(app)
  for (const [index, file] of files.entries()) {
    terminal.progress(`file ${index + 1} of ${files.length}`)
    if (file.store === 'blobs') await fetchFile(app, file, folder)
  }
  const pictures = new Map((await listAllCopies(app)).flatMap(bytesOf).map((one) => [one.sha256, one]))
  const place = pictureFolder(folder)
  for (const one of pictures.values()) {
    const bytes = await app.pictures.read(one.sha256)
    if (!bytes) throw new Error(`The picture ${one.sha256} is not in the store of product images.`)
    await place.write(one, bytes)
  }
  return inBucket(files)
}
