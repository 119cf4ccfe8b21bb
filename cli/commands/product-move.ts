import { placeProduct } from '../../shop/catalogue/place-product.ts'
import type { Place } from '../../shop/catalogue/stored-product.ts'
import { type Call, type Command, type ExitCode, UsageError } from './command.ts'
import { findKnown, SELLER } from './product/find-known.ts'

/** `npm run till -- product move <slug> …`. */
export const PRODUCT_MOVE: Command = {
  name: 'product move',
  summary: 'Puts a product somewhere else in the shop’s order',
  usage: '<slug> first | last | before <slug> | after <slug> [--dry-run]',
  details: `  --dry-run  says what would happen and changes nothing

Examples:
  npm run till -- product move small-and-finished first
  npm run till -- product move quiet-hours after small-and-finished

Lists show your own products before those that you recommend; within each, this order counts. \`product list\` shows it.`,
  options: { 'dry-run': { type: 'boolean' } },
  wordCount: { least: 2, most: 3 },
  run: move,
}

async function move({ app, given, terminal }: Call): Promise<ExitCode> {
  const [slug = '', where = '', other] = given.words
  const product = await findKnown(app, slug)
  const place = await placeOf(app, where, other)
  const words = other === undefined ? where : `${where} ${other}`
  if (given.options['dry-run'] === true) {
    terminal.print(`${product.slug} would go ${words}. Nothing was changed.`)
    return 0
  }
  if (!(await placeProduct(app, { id: product.id, place, actor: SELLER })))
    throw new UsageError(`${product.slug} cannot go ${words}.`)
  terminal.print(`${product.slug} is ${words}.`)
  return 0
}

async function placeOf(app: Call['app'], where: string, other: string | undefined): Promise<Place> {
  if ((where === 'first' || where === 'last') && other === undefined) return { at: where }
  if ((where !== 'before' && where !== 'after') || other === undefined)
    throw new UsageError('Say first, last, before <slug> or after <slug>.')
  const { id } = await findKnown(app, other)
  return where === 'before' ? { before: id } : { after: id }
}
