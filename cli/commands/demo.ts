import process from 'node:process'
import { addDemoProducts, countProducts, removeDemoProducts } from '../../db/demo-catalogue.ts'
import { isLoopback, readSettings } from '../../local/settings.ts'
import type { App } from '../../shop/app.ts'
import { type Call, type Command, type ExitCode, type Given, type Terminal, UsageError } from './command.ts'
import { fillOrders, removeOrders } from './demo/fill-orders.ts'
import { imagineProduct, type Props } from './demo/imagine-product.ts'
import { storeFile, storePictures } from './demo/store-props.ts'
import { isConfirmed } from './is-confirmed.ts'

/** Rows of one statement: small enough for any proxy on the way. */
const BATCH = 500
/** From here on titles would repeat. */
const MOST = 30_000
const MOST_ORDERS = 5_000_000
const MOST_CLICKS = 50_000_000

/** `npm run till -- demo`. */
export const DEMO: Command = {
  name: 'demo',
  summary: 'Fills this machine’s shop with an imagined catalogue',
  usage: '[--products <number>] [--orders <number>] [--clicks <number>] [--yes] | --remove',
  details: `  --products <number>  publishes that many imagined products; those that are there already are kept
  --orders <number>    adds imagined orders of the last 400 days up to that many, with mails, downloads and refunds
  --clicks <number>    adds imagined clicks of the last 90 days on recommendations up to that many
  --remove             takes all of them away again; those that were bought are retired
  --yes                does not ask before adding to a shop that has products

Titles, texts, prices, categories and tags are the same on every machine; a handful of drawn pictures and one file serve all.
It works on the shop of this machine only. Build the pages afterwards: npm run build, or npm start anew.`,
  options: {
    products: { type: 'string' },
    orders: { type: 'string' },
    clicks: { type: 'string' },
    remove: { type: 'boolean' },
    yes: { type: 'boolean' },
  },
  wordCount: 0,
  async run(call) {
    const { remove: isRemoval, products, orders, clicks } = call.given.options
    if ((!isRemoval === (products ?? orders ?? clicks)) === undefined)
      throw new UsageError('Say how many, or --remove.')
    const wanted = { products: number(call.given, 'products', MOST), ...wantedOrders(call.given) }
    refuseDistantShop(call.app)
    return isRemoval ? remove(call) : fill(call, wanted)
  },
}

/** @throws Refused or UsageError unless database and store are on this machine */
function refuseDistantShop({ siteUrl }: App): void {
  readSettings(process.env)
  if (!isLoopback(siteUrl))
    throw new UsageError(`${siteUrl} is not a shop on this machine; a demo belongs in no other.`)
}

type Wanted = { products: number; orders: number; clicks: number }

function wantedOrders(given: Given): Pick<Wanted, 'orders' | 'clicks'> {
  return { orders: number(given, 'orders', MOST_ORDERS), clicks: number(given, 'clicks', MOST_CLICKS) }
}

/** 0 where the option was not given. */
function number({ options }: Given, name: keyof Wanted, most: number): number {
  if (options[name] === undefined) return 0
  const wanted = Number(options[name])
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= most) return wanted
  throw new UsageError(`--${name} takes a whole number from 1 to ${most}.`)
}

async function fill({ app, given, terminal }: Call, wanted: Wanted): Promise<ExitCode> {
  const { all, demo } = await countProducts(app.db)
  const question = `The shop has ${all - demo} products of its own. Add imagined ones to it?`
  if (all > demo && !(await isConfirmed(question, given, terminal))) return 1
  if (wanted.products > 0) {
    const added = await addProducts(app, wanted.products, terminal)
    terminal.print(`${added} products were added; ${wanted.products - added} were there. Build the pages to see them.`)
  }
  if (wanted.orders + wanted.clicks > 0) {
    const added = await fillOrders(app, wanted, { terminal })
    terminal.print(`${added.orders} orders and ${added.clicks} clicks were added.`)
  }
  return terminal.stopping.aborted ? 1 : 0
}

async function addProducts(app: App, wanted: number, terminal: Terminal): Promise<number> {
  const file = await storeFile()
  const props: Props = { currency: app.shop.currency, images: await storePictures(), amazon: amazonOf(app) }
  let added = 0
  for (let start = 0; start < wanted && !terminal.stopping.aborted; start += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, wanted - start) }, (_, index) => start + index)
    const products = numbers.map((number) => imagineProduct(number, props))
    added += await addDemoProducts(app.db, products, file)
    terminal.progress(`${start + numbers.length} of ${wanted} products`)
  }
  return added
}

function amazonOf({ shop }: App): Props['amazon'] {
  const [entry] = Object.entries(shop.affiliate.tags)
  const tag = entry?.[1][0]
  return entry && tag ? { host: entry[0], tag } : null
}

async function remove({ app, terminal }: Call): Promise<ExitCode> {
  const { orders, clicks } = await removeOrders(app)
  if (orders + clicks > 0) terminal.print(`${orders} orders and ${clicks} clicks were taken away.`)
  const { removed, retired } = await removeDemoProducts(app.db)
  terminal.print(`${removed} products were taken away, and ${retired} that were bought are retired.`)
  return 0
}
