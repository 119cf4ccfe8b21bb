import { publishProduct } from '../../shop/catalogue/publish-product.ts'
import type { Call, Command, ExitCode } from './command.ts'
import { isConfirmed } from './is-confirmed.ts'
import { findKnown, SELLER } from './product/find-known.ts'
import { savedProduct } from './product/tell-outcome.ts'

/** `npm run till -- product publish <slug>`. */
export const PRODUCT_PUBLISH: Command = {
  name: 'product publish',
  summary: 'Puts a product on the shelf, or a retired one back on it',
  usage: '<slug> [--dry-run] [--yes]',
  details: `  --dry-run  says whether it could be published and changes nothing
  --yes      publishes it also if buyers would have nothing to download yet

It must keep the rules of today, those for links that pay included. The shop's pages show it after the next build, which follows by itself
where a build hook is set; \`rebuild\` asks for one now.`,
  options: { 'dry-run': { type: 'boolean' }, yes: { type: 'boolean' } },
  wordCount: 1,
  run: publish,
}

async function publish({ app, given, terminal }: Call): Promise<ExitCode> {
  const { id, slug, title, version, status, files, type } = await findKnown(app, given.words[0] ?? '')
  if (status === 'published') {
    terminal.print(`${title} is on the shelf already. Nothing was changed.`)
    return 0
  }
  const isEmpty = type === 'direct' && files === 0
  if (given.options['dry-run'] === true) {
    terminal.print(isEmpty ? `${slug} has no file yet: buyers would get nothing.` : `${slug} would be published.`)
    return isEmpty ? 1 : 0
  }
  const question = `${title} has no file: whoever buys it has nothing to download yet. Publish it all the same?`
  if (isEmpty && !(await isConfirmed(question, given, terminal))) return 1
  const wish = { id, version, actor: SELLER, isWithoutFiles: isEmpty }
  savedProduct(await publishProduct(app, wish), slug)
  terminal.print(`${title} is published: ${app.siteUrl}/store/${slug}/ shows it after the next build.`)
  return 0
}
