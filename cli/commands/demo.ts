import process from 'node:process'
import { addDemoProducts, countProducts, removeDemoProducts } from '../../db/demo-catalogue.ts'
import { isLoopback, readSettings } from '../../local/settings.ts'
import type { App } from '../../shop/app.ts'
import { type Call, type Command, type ExitCode, type Given, type Terminal, UsageError } from './command.ts'
import { imagineProduct, type Props } from './demo/imagine-product.ts'
import { storeFile, storePictures } from './demo/store-props.ts'
import { isConfirmed } from './is-confirmed.ts'

/** Rows of one statement: small enough for any proxy on the way. */
const BATCH = 500
/** From here on titles would repeat. */
const MOST = 30_000

/** `npm run till -- demo`. */
export const DEMO: Command = {
  name: 'demo',
  summary: 'Fills this machine’s shop with an imagined catalogue',
  usage: '--products <number> | --remove [--yes]',
  details: `  --products <number>  publishes that many imagined products; those that are there already are kept
  --remove             takes all of them away again; those that were bought are retired
  --yes                does not ask before adding to a shop that has products

Titles, texts, prices, categories and tags are the same on every machine; a handful of drawn pictures and one file serve all.
It works on the shop of this machine only. Build the pages afterwards: npm run build, or npm start anew.`,
  options: { products: { type: 'string' }, remove: { type: 'boolean' }, yes: { type: 'boolean' } },
  wordCount: 0,
  async run(call) {
    if (call.given.options.remove && call.given.options.products) throw new UsageError('Say --products or --remove.')
    refuseDistantShop(call.app)
    return call.given.options.remove ? remove(call) : fill(call, wantedNumber(call.given))
  },
}

/** @throws Refused or UsageError unless database and store are on this machine */
function refuseDistantShop({ siteUrl }: App): void {
  readSettings(process.env)
  if (!isLoopback(siteUrl))
    throw new UsageError(`${siteUrl} is not a shop on this machine; a demo belongs in no other.`)
}

function wantedNumber({ options: { products } }: Given): number {
  const wanted = Number(products)
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= MOST) return wanted
  throw new UsageError(`--products takes a whole number from 1 to ${MOST}.`)
}

async function fill({ app, given, terminal }: Call, wanted: number): Promise<ExitCode> {
  const { all, demo } = await countProducts(app.db)
  const question = `The shop has ${all - demo} products of its own. Add ${wanted} imagined ones?`
  if (all > demo && !(await isConfirmed(question, given, terminal))) return 1
  const added = await addProducts(app, wanted, terminal)
  terminal.print(`${added} products were added; ${wanted - added} were there. Build the pages to see them.`)
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
  const { removed, retired } = await removeDemoProducts(app.db)
  terminal.print(`${removed} products were taken away, and ${retired} that were bought are retired.`)
  return 0
}
