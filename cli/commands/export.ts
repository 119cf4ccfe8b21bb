import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { CopiedProduct } from '../../db/catalogue-copy.ts'
import { writeCsv } from './catalogue/csv-catalogue.ts'
import { entryOf } from './catalogue/entry-of.ts'
import { listAllCopies } from './catalogue/list-all-copies.ts'
import { bytesOf, pictureFolder } from './catalogue/picture-folder.ts'
import { writeYaml } from './catalogue/yaml-catalogue.ts'
import { type Call, type Command, type ExitCode, UsageError } from './command.ts'
import { localPath } from './file/local-file.ts'

/** `npm run till -- export <file>`. */
export const EXPORT: Command = {
  name: 'export',
  summary: 'Writes the catalogue to a file, as YAML for people or as CSV for spreadsheets',
  usage: '<file.yaml | file.csv | -> [--pictures]',
  details: `  --pictures  writes the pictures and samples as well, into a folder pictures beside the file

Examples:
  npm run till -- export catalogue.yaml --pictures
  npm run till -- export prices.csv

Every product is in it, drafts and retired ones too, with all that it says. \`import\` takes it back; nothing is lost on the way. The files that buyers
get are not in it: \`file push\` brings them, and \`shop export\` copies the whole shop.`,
  options: { pictures: { type: 'boolean' } },
  wordCount: 1,
  run: exportCatalogue,
}

async function exportCatalogue({ app, given, terminal }: Call): Promise<ExitCode> {
  const [name = ''] = given.words
  const write = writerOf(name)
  const products = await listAllCopies(app)
  const text = write(products.map(entryOf))
  if (name === '-') {
    terminal.print(text)
    return 0
  }
  const path = localPath(name)
  if (given.options.pictures === true) await exportPictures(app, products, dirname(path))
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.part`, text)
  await rename(`${path}.part`, path)
  terminal.print(`${products.length} products are in ${name}.`)
  return 0
}

function writerOf(name: string) {
  if (/\.ya?ml$/i.test(name) || name === '-') return writeYaml
  if (/\.csv$/i.test(name)) return writeCsv
  throw new UsageError(`${name} must end in .yaml or .csv, which says how it is written.`)
}

async function exportPictures(app: Call['app'], products: CopiedProduct[], path: string): Promise<void> {
  const folder = pictureFolder(path)
  const wanted = new Map(products.flatMap(bytesOf).map((one) => [one.sha256, one]))
  for (const one of wanted.values()) {
    const bytes = await app.pictures.read(one.sha256)
    if (!bytes) throw new Error(`The picture ${one.sha256} is not in the store of product images.`)
    await folder.write(one, bytes)
  }
}
