import { retireProduct } from '../../shop/catalogue/retire-product.ts'
import type { Call, Command, ExitCode } from './command.ts'
import { isConfirmed } from './is-confirmed.ts'
import { findKnown, SELLER } from './product/find-known.ts'
import { savedProduct } from './product/tell-outcome.ts'

/** `npm run till -- product retire <slug>`. */
export const PRODUCT_RETIRE: Command = {
  name: 'product retire',
  summary: 'Takes a product off the shelf',
  usage: '<slug> [--dry-run] [--yes]',
  details: `  --dry-run  says what would happen and changes nothing

Nobody can buy it from that moment on, and after the next build its page says that it is gone. Whoever bought it keeps it, and everything about it
is kept: \`product publish\` puts it back. A file that nobody may have any more is withdrawn with \`file retire\`.`,
  options: { 'dry-run': { type: 'boolean' }, yes: { type: 'boolean' } },
  wordCount: 1,
  run: retire,
}

async function retire({ app, given, terminal }: Call): Promise<ExitCode> {
  const { id, slug, title, version, status } = await findKnown(app, given.words[0] ?? '')
  if (status === 'retired') {
    terminal.print(`${title} is off the shelf already. Nothing was changed.`)
    return 0
  }
  if (given.options['dry-run'] === true) {
    terminal.print(`${title} would be taken off the shelf; it is ${status} now. Nothing was changed.`)
    return 0
  }
  const question = `Take ${title} off the shelf? Nobody can buy it then; whoever bought it keeps it.`
  if (!(await isConfirmed(question, given, terminal))) return 1
  savedProduct(await retireProduct(app, { id, version, actor: SELLER }), slug)
  terminal.print(`${title} is retired. Its page says so after the next build.`)
  return 0
}
