import nunjucks from 'nunjucks/browser/nunjucks-slim.js'
import type { ShelfProduct } from '../../../shop/catalogue/product.ts'
import type { Shop } from '../../../shop/shop-config.ts'
import words from '../../_data/words.ts'
import { createMarkdown } from '../markdown.ts'
import type { Picture } from '../picture.ts'
import { shelfItem } from '../shelf-item.ts'

const { Environment, PrecompiledLoader } = nunjucks

/** What the page of a product says, as HTML, for a browser that shows it beside the fields. */
export type RenderProduct = (product: ShelfProduct, pictures: Picture[]) => string

/** Renders with compiled templates; what only search engines read is left out. */
export function createPreview(shop: Shop, templates: Record<string, unknown>): RenderProduct {
  const environment = new Environment(new PrecompiledLoader(templates), { autoescape: true })
  environment.addFilter('markdown', createMarkdown())
  environment.addFilter('structuredData', () => '{}')
  environment.addFilter('breadcrumbData', () => '{}')
  const shelf = { related: new Map(), affiliate: [] }
  return (product, pictures) => {
    const item = shelfItem(product, pictures, shop)
    const page = { url: item.url }
    const render = (name: string) => environment.render(name, { shop, words, shelf, item, page, assets: {} })
    const main = `<main id="content">${render('pages/product.njk')}</main>`
    return withoutScripts(render('components/header.njk') + main + render('components/footer.njk'))
  }
}

/** Nothing runs in a preview. */
function withoutScripts(html: string): string {
  return html.replace(/<script[\s\S]*?<\/script>/g, '')
}
