import type { TemplateEngine } from '@11ty/eleventy'
import type { ShelfPage } from './shelf-pages.ts'

const LAYOUT = 'layouts/base.njk'

/**
 * Renders pages as Eleventy does, with its own engine and its data, and without what it keeps of each: the parts of a page's data,
 * its text with and without the layout, a compiled copy of its template.
 */
export function pageRenderer(engine: TemplateEngine, shared: Record<string, unknown>): (page: ShelfPage) => string {
  return ({ url, template, data }) => {
    const context = { ...shared, ...data, page: { url } }
    return engine.render(LAYOUT, { ...context, content: engine.render(template, context) })
  }
}
