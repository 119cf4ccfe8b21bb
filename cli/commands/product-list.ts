import { listProducts } from '../../db/product-list.ts'
import type { App } from '../../shop/app.ts'
import type { ListedProduct } from '../../shop/catalogue/catalogue-answers.ts'
import { writePrice } from '../../shop/catalogue/price.ts'
import type { ProductStatus } from '../../shop/catalogue/stored-product.ts'
import { type Command, type Given, UsageError } from './command.ts'
import { type Columns, printTable } from './print-table.ts'
import { given as option } from './product/field-options.ts'

const ROWS_AT_ONCE = 1_000

const COLUMNS: Columns<ListedProduct> = {
  Product: ({ slug }) => slug,
  Title: ({ title }) => (title.length > 40 ? `${title.slice(0, 39)}…` : title),
  State: ({ status }) => status,
  Price: ({ unit_amount, currency }) =>
    unit_amount === null || currency === null
      ? 'elsewhere'
      : `${writePrice({ amount: unit_amount, currency })} ${currency.toUpperCase()}`,
  Files: ({ type, files }) => (type === 'direct' ? String(files) : '-'),
  Changed: ({ updated_at }) => updated_at.toISOString().slice(0, 10),
  Id: ({ id }) => id,
}

/** `npm run till -- product list`. */
export const PRODUCT_LIST: Command = {
  name: 'product list',
  summary: 'Lists the products in the shop’s order',
  usage: '[--state draft|published|retired] [--search <words>] [--json]',
  details: `  --state <state>   only those
  --search <words>  only those with these letters in their title, slug, category or tags
  --json            answers with one JSON array instead of a table`,
  options: { state: { type: 'string' }, search: { type: 'string' }, json: { type: 'boolean' } },
  wordCount: 0,
  async run({ app, given, terminal }) {
    const products = await listAll(app, { status: stateOf(given), search: option(given, 'search') ?? null })
    const asJson = given.options.json === true
    if (products.length === 0 && !asJson) terminal.print('There is none. See: npm run till -- help product add')
    else printTable(products, { columns: COLUMNS, asJson, terminal })
    return 0
  },
}

function stateOf(given: Given): ProductStatus | null {
  const state = option(given, 'state')
  if (state === undefined) return null
  if (state === 'draft' || state === 'published' || state === 'retired') return state
  throw new UsageError('--state takes draft, published or retired.')
}

async function listAll({ db }: App, wish: { status: ProductStatus | null; search: string | null }) {
  const all: ListedProduct[] = []
  for (let page: ListedProduct[] = []; ; ) {
    page = await listProducts(db, { ...wish, after: all.at(-1) ?? null, most: ROWS_AT_ONCE })
    all.push(...page)
    if (page.length < ROWS_AT_ONCE) return all
  }
}
