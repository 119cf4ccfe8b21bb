import type { MarkdownLibrary, MarkdownToken } from '@11ty/eleventy'

/**
 * How a product's description is read: Markdown only. Raw HTML stays text, since a page must hold nothing that its author
 * could not have meant; pictures come from the catalogue; headings start under the page's own h1.
 */
export function restrictMarkdown(markdown: MarkdownLibrary): void {
  markdown.set({ html: false, typographer: true })
  markdown.disable(['image'])
  markdown.core.ruler.push('headings_below_title', (state) => state.tokens.forEach(lowerHeading))
}

function lowerHeading(token: MarkdownToken): void {
  if (!token.type.startsWith('heading_')) return
  const level = Number(token.tag.slice(1))
  token.tag = `h${Math.min(level + 1, 6)}`
}
