import type { App } from '../../shop/app.ts'
import { checkEdit, editProduct } from '../../shop/catalogue/edit-product.ts'
import { fieldsOf } from '../../shop/catalogue/product-check.ts'
import { productDocument } from '../../shop/catalogue/product-document.ts'
import type { ProductFields } from '../../shop/catalogue/product-fields.ts'
import type { StoredProduct } from '../../shop/catalogue/stored-product.ts'
import { type Call, type Command, type ExitCode, type Given, UsageError } from './command.ts'
import { describeValue } from './product/describe-value.ts'
import { FIELD_HELP, FIELD_OPTIONS, given as option } from './product/field-options.ts'
import { findKnown, SELLER } from './product/find-known.ts'
import { readPictures, storePictures } from './product/read-pictures.ts'
import { describeFaults, savedProduct } from './product/tell-outcome.ts'
import { typedFields } from './product/typed-fields.ts'

/** `npm run till -- product edit <slug>`. */
export const PRODUCT_EDIT: Command = {
  name: 'product edit',
  summary: 'Changes what a product says',
  usage: '<slug> [--title "…"] [--price <price>] … [--seen <version>] [--dry-run] [--json]',
  details: `  --title <line>             its name
${FIELD_HELP}
  --add-images               puts the pictures behind those that it has; without it they take their place
  --no-images                takes all its pictures away
  --seen <version>           writes nothing if somebody has changed the product since this version

Examples:
  npm run till -- product edit small-and-finished --price 21.50
  npm run till -- product edit small-and-finished --slug small-and-done --dry-run

What is not named stays as it is. A new slug moves its page, and every earlier address leads there. What people have paid is never touched.`,
  options: {
    title: { type: 'string' },
    ...FIELD_OPTIONS,
    'add-images': { type: 'boolean' },
    'no-images': { type: 'boolean' },
    seen: { type: 'string' },
  },
  wordCount: 1,
  run: edit,
}

async function edit({ app, given, terminal }: Call): Promise<ExitCode> {
  const current = await findKnown(app, given.words[0] ?? '')
  const version = versionOf(given) ?? current.version
  const pictures = await readPictures(given)
  const typed = await wishOf(given, current, pictures)
  if (Object.keys(typed).length === 0) throw new UsageError('Say what is to change, such as --price 19.')
  const isDryRun = given.options['dry-run'] === true
  const preview = isDryRun ? { ...current, ...tryEdit(app, current, typed) } : null
  if (!isDryRun) await storePictures(app, pictures)
  const product =
    preview ?? savedProduct(await editProduct(app, { id: current.id, version, typed, actor: SELLER }), current.slug)
  tell({ before: current, product: product as StoredProduct, isDryRun }, given, terminal)
  return 0
}

function versionOf(given: Given): number | undefined {
  const text = option(given, 'seen')
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UsageError('--seen takes the number of a version, as `product show` tells it.')
}

async function wishOf(
  given: Given,
  current: StoredProduct,
  pictures: Awaited<ReturnType<typeof readPictures>>,
): Promise<Partial<ProductFields>> {
  const title = option(given, 'title')
  const typed = { ...(title === undefined ? {} : { title }), ...(await typedFields(given)) }
  const { 'add-images': isAdding, 'no-images': isClearing } = given.options
  if (isClearing && pictures.length > 0) throw new UsageError('Say --image or --no-images, not both.')
  if (pictures.length === 0 && !isClearing) return typed
  const before = isAdding ? (current.images as ProductFields['images']) : []
  return { ...typed, images: [...before, ...(pictures.map(({ image }) => image) as ProductFields['images'])] }
}

function tryEdit(app: App, current: StoredProduct, typed: Partial<ProductFields>) {
  const checked = checkEdit(app, current, typed)
  if ('kind' in checked) throw new UsageError(describeFaults(checked.faults))
  return checked
}

type Done = { before: StoredProduct; product: StoredProduct; isDryRun: boolean }

function tell(done: Done, given: Given, terminal: Call['terminal']): void {
  if (given.options.json === true) terminal.print(JSON.stringify(productDocument(done.product), null, 2))
  else tellChanges(done, terminal)
}

function tellChanges({ before, product, isDryRun }: Done, terminal: Call['terminal']): void {
  const [was, is] = [fieldsOf(before), fieldsOf(product)]
  const names = Object.keys(is) as (keyof ProductFields)[]
  const changed = names.filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
  for (const field of changed)
    terminal.print(`${field.padEnd(12)} ${describeValue(was[field])}  →  ${describeValue(is[field])}`)
  if (changed.length === 0) terminal.print('It says that already. Nothing was changed.')
  else terminal.tell(isDryRun ? 'Nothing was written.' : `${product.slug} is at version ${product.version}.`)
}
