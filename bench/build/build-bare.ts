import { join } from 'node:path'
import Eleventy from '@11ty/eleventy'
import MarkdownIt from 'markdown-it'
import { catalogue } from './catalogue.ts'

/** Eleventy with one Nunjucks layout and markdown-it, as its documentation shows it: a page for each product, and no more. */
export async function buildBare(count: number, folder: string): Promise<void> {
  const markdown = new MarkdownIt({ html: false, typographer: true })
  const products = catalogue(count)
  await new Eleventy('bench/build/bare', join(folder, 'out'), {
    quietMode: true,
    config: (eleventy) => {
      eleventy.addGlobalData('products', products)
      eleventy.addFilter('markdown', (text: string) => markdown.render(text))
      return { templateFormats: ['njk'], htmlTemplateEngine: 'njk', markdownTemplateEngine: false }
    },
  }).write()
}
