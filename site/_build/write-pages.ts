import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { WrittenPage } from '@11ty/eleventy'
import { type BuiltPage, builtPage } from './built-page.ts'
import type { ShelfPage } from './shelf-pages.ts'

export type WriteOptions = {
  output: string
  render: (page: ShelfPage) => string
  /** Sees each page once, before it is forgotten. */
  inspect: (page: WrittenPage) => void
}

/** Renders and writes one page after the other, and keeps the HTML of none. @throws Error when two have the same address */
export function writePages(pages: Iterable<ShelfPage>, { output, render, inspect }: WriteOptions): BuiltPage[] {
  const built = new Map<string, BuiltPage>()
  for (const page of pages) {
    const { url } = page
    if (built.has(url)) throw new Error(`Two pages want the address ${url}`)
    const written = { url, outputPath: join(output, url, 'index.html'), content: render(page) }
    inspect(written)
    write(written)
    built.set(url, builtPage(written))
  }
  return [...built.values()]
}

/** Without promises, as Eleventy does: a hundred microseconds of work are not worth three ways through the pool of threads. */
function write({ outputPath, content }: WrittenPage): void {
  mkdirSync(dirname(outputPath), { recursive: true })
  writeFileSync(outputPath, content)
}
