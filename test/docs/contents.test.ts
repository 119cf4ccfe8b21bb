import { describe, expect, it } from 'vitest'
import { readPage } from './read-markdown.ts'

/** The chapters of a page, and those that its list of contents leads to. */
function contentsOf(text: string): { chapters: string[]; listed: string[] } {
  const [, entries = ''] = /((?:^(?:-|\d+\.) \[[^\]]+\]\(#[^)]+\)\n)+)/m.exec(text) ?? []
  return {
    chapters: [...text.matchAll(/^## (?:\d+\. )?(.+)$/gm)].map(([, title = '']) => title),
    listed: [...entries.matchAll(/\[([^\]]+)\]/g)].map(([, title = '']) => title),
  }
}

describe('lists of contents', () => {
  it.each(['docs/RUNBOOK.md', 'docs/DEPLOY.md'])('name every chapter, in its order: %s', (path) => {
    const { chapters, listed } = contentsOf(readPage(path).text)
    expect(chapters.length).toBeGreaterThan(10)
    expect(listed).toEqual(chapters)
  })

  it('notice a chapter that is in no list', () => {
    const { chapters, listed } = contentsOf('- [One](#one)\n\n## One\n\n## Two\n')
    expect([chapters, listed]).toEqual([['One', 'Two'], ['One']])
  })
})
