import MarkdownIt, { type MarkdownToken } from 'markdown-it'

/** Where a description stands on its page: below the h1 of the product and the h2 of its section. */
const TOP = 3

/**
 * Makes the reader of a seller's texts, from Markdown to HTML. Raw HTML stays text, since a page must hold nothing that its author
 * could not have meant; pictures come from the catalogue; headings continue those of the page, whichever level they start at.
 */
export function createMarkdown(): (text: string) => string {
  const markdown = new MarkdownIt({ html: false, typographer: true })
  markdown.disable(['image', 'code'])
  markdown.core.ruler.push('fit_headings', ({ tokens }) => fitHeadings(tokens.filter(isHeading)))
  return (text) => markdown.render(text)
}

function fitHeadings(headings: MarkdownToken[]): void {
  const highest = Math.min(...headings.map(levelOf))
  for (const heading of headings) heading.tag = `h${Math.min(levelOf(heading) - highest + TOP, 6)}`
}

function isHeading(token: MarkdownToken): boolean {
  return token.type.startsWith('heading_')
}

function levelOf(heading: MarkdownToken): number {
  return Number(heading.tag.slice(1))
}
