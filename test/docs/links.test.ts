import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchors, type Page, pathOf, readPage, readPages } from './read-markdown.ts'

const pages = readPages()

/** Where a page's own links lead: `docs/DEPLOY.md` or `docs/DEPLOY.md#5-stripe`, from the repository's root. */
function targets({ path, text }: Page): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  const own = links.filter((target) => !/^[a-z]+:/.test(target))
  return own.map((target) => (target.startsWith('#') ? path + target : posix.join(posix.dirname(path), target)))
}

function isBroken(target: string): boolean {
  const [file = '', anchor] = target.split('#')
  if (!existsSync(pathOf(file))) return true
  return anchor !== undefined && !anchors(readPage(file)).includes(anchor)
}

describe('links of the documentation', () => {
  it('finds some, on several pages', () => {
    expect(pages.filter((page) => targets(page).length > 0).length).toBeGreaterThan(4)
  })

  it.each(pages.map((page) => [page.path, page] as const))('all lead somewhere: %s', (_path, page) => {
    expect(targets(page).filter(isBroken)).toEqual([])
  })

  it('notices a missing file and a missing heading', () => {
    expect(['docs/NOWHERE.md', 'docs/DEPLOY.md#15-nothing', 'docs/DEPLOY.md#5-stripe'].map(isBroken)).toEqual([
      true,
      true,
      false,
    ])
  })

  it('leads to every page from the README', () => {
    const reached = new Set(['README.md'])
    for (const path of reached) {
      const page = pages.find((candidate) => candidate.path === path)
      for (const target of page ? targets(page) : []) reached.add(target.split('#')[0] ?? '')
    }
    expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([])
  })
})
