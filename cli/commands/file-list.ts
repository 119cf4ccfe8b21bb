import { findSlots, listFiles } from '../../db/product-files.ts'
import type { FileVersion } from '../../shop/catalogue/file-version.ts'
import { formatBytes } from '../../site/assets/ts/format-bytes.ts'
import type { Command } from './command.ts'
import { noSuchProduct } from './file/no-such-product.ts'
import { type Columns, printTable } from './print-table.ts'

const COLUMNS: Columns<FileVersion> = {
  Product: ({ slug }) => slug,
  Slot: ({ slot }) => slot,
  Version: ({ version }) => String(version),
  File: ({ filename }) => filename,
  Size: ({ size_bytes }) => formatBytes(size_bytes, 'en'),
  Store: ({ store }) => store,
  'SHA-256': ({ sha256 }) => sha256.slice(0, 12),
  Added: ({ created_at }) => created_at.toISOString().slice(0, 10),
  State: ({ state }) => state,
  Id: ({ id }) => id,
}

/** `npm run till -- file list`. */
export const FILE_LIST: Command = {
  name: 'file list',
  summary: 'Lists the files that buyers get, of one product or of all',
  usage: '[<slug>] [--all] [--json]',
  details: `  --all   earlier and withdrawn versions as well
  --json  answers with one JSON array, with whole checksums and changelogs, instead of a table

State says who gets a file: current goes to everyone who bought the product; earlier was replaced by a newer version and can be fetched if
downloads.earlierVersions in shop.config.ts says so; withdrawn goes to nobody.`,
  options: { all: { type: 'boolean' }, json: { type: 'boolean' } },
  wordCount: { least: 0, most: 1 },
  async run({ app, given: { words, options }, terminal }) {
    const slug = words[0] ?? null
    if (slug !== null && !(await findSlots(app.db, slug))) throw await noSuchProduct(app.db, slug)
    const files = await listFiles(app.db, { slug, isAll: options.all === true })
    if (files.length === 0 && options.json !== true)
      terminal.print('There are no files yet. See: npm run till -- help file push')
    else printTable(files, { columns: COLUMNS, asJson: options.json === true, terminal })
    return 0
  },
}
