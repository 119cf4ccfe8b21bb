import type { WrittenPage } from '@11ty/eleventy'

/** A page that a build has written: its address, its file, and whether search engines may list it. */
export type BuiltPage = { url: string; outputPath: string; isListed: boolean }

/** What is kept of a page once it is written; the HTML of ten thousand would not fit into the memory of a build. */
export function builtPage({ url, outputPath, content }: WrittenPage): BuiltPage {
  return { url, outputPath, isListed: isListed(content) }
}

/** What names itself as the page to list. */
function isListed(content: string): boolean {
  const head = content.slice(0, content.indexOf('</head>'))
  return head.includes('<link rel="canonical"') && !head.includes('content="noindex')
}
