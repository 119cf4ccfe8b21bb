import { addProduct } from '../../shop/catalogue/add-product.ts'
import { checkProduct } from '../../shop/catalogue/product-check.ts'
import { productDocument } from '../../shop/catalogue/product-document.ts'
import type { ProductFields } from '../../shop/catalogue/product-fields.ts'
import { slugOf } from '../../shop/catalogue/slug.ts'
import { type Call, type Command, type ExitCode, UsageError } from './command.ts'
import { describeValue } from './product/describe-value.ts'
import { FIELD_HELP, FIELD_OPTIONS } from './product/field-options.ts'
import { SELLER } from './product/find-known.ts'
import { readPictures, storePictures } from './product/read-pictures.ts'
import { describeFaults, savedProduct } from './product/tell-outcome.ts'
import { typedFields } from './product/typed-fields.ts'

/** `npm run till -- product add <title>`. */
export const PRODUCT_ADD: Command = {
  name: 'product add',
  summary: 'Adds a product as a draft, which nobody but you sees yet',
  usage: '<title> --price <price> [--image <path> --alt "…"] … [--dry-run] [--json]',
  details: `${FIELD_HELP}

Examples:
  npm run till -- product add "Twelve quiet rooms" --price 9 --category sounds --image rooms.jpg --alt "An empty room"
  npm run till -- product add "A good pen" --link "https://www.amazon.com/dp/B000000001?tag=myshop-20"

Its address is made from the title. Then bring its file with \`file push\`, and put it on the shelf with \`product publish\`.`,
  options: FIELD_OPTIONS,
  wordCount: 1,
  run: add,
}

async function add({ app, given, terminal }: Call): Promise<ExitCode> {
  const pictures = await readPictures(given)
  const typed = await typedFields(given)
  const wish = complete(given.words[0] ?? '', typed, app.shop.currency)
  const all = { ...wish, images: pictures.map(({ image }) => image) }
  const checked = checkProduct(all, app.shop)
  if ('faults' in checked) throw new UsageError(describeFaults(checked.faults))
  if (given.options['dry-run'] === true) {
    if (given.options.json === true) terminal.print(JSON.stringify(all, null, 2))
    else for (const [field, value] of Object.entries(all)) terminal.print(`${field.padEnd(12)} ${describeValue(value)}`)
    terminal.tell('Nothing was written.')
    return 0
  }
  await storePictures(app, pictures)
  const product = savedProduct(await addProduct(app, { typed: all, actor: SELLER }), all.slug)
  if (given.options.json === true) terminal.print(JSON.stringify(productDocument(product), null, 2))
  else terminal.print(`${product.title} is added as a draft, ${product.slug}.`)
  if (product.type === 'direct') terminal.tell(`Bring its file: npm run till -- file push ${product.slug} <path>`)
  terminal.tell(`Put it on the shelf: npm run till -- product publish ${product.slug}`)
  return 0
}

function complete(title: string, typed: Partial<ProductFields>, currency: string): ProductFields {
  const type = typed.link === undefined ? 'direct' : 'affiliate'
  return {
    type,
    slug: slugOf(title),
    title,
    summary: '',
    description: '',
    price: '',
    currency: type === 'direct' ? currency : '',
    link: '',
    category: '',
    tags: [],
    badges: [],
    licence: '',
    images: [],
    samples: [],
    ...typed,
  }
}
