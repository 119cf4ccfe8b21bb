import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { plain, readPage, tableAfter } from '../docs/read-markdown.ts'

const rows = Array.from({ length: 59 }, (_, i) => `F${String(i + 1).padStart(2, '0')}`)

const FOLDER = new URL('./', import.meta.url)

/** The rows that a file's tests are named by. */
async function rowsOf(name: string): Promise<Set<string>> {
  const text = await readFile(new URL(name, FOLDER), 'utf8')
  return new Set(Array.from(text.matchAll(/['[`](F\d\d)\b/g), ([, row]) => row ?? ''))
}

const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.slow.test.ts'))
const shown = new Map(await Promise.all(files.map(async (name) => [name, await rowsOf(name)] as const)))

describe('test/faults', () => {
  it.each(rows)('has a test named by %s', (row) => {
    expect([...shown.values()].some((found) => found.has(row))).toBe(true)
  })

  it('is what docs/RELIABILITY.md says: every row, with the files that show it', () => {
    const said = tableAfter(readPage('docs/RELIABILITY.md'), '## Every fault, and the test that shows it')
    const pairs = said.map(([row = '', , , where = '']) => [
      plain(row),
      plain(where).replaceAll('`', '').split(', ').sort(),
    ])
    const expected = rows.map((row) => [
      row,
      files
        .filter((name) => shown.get(name)?.has(row))
        .map(short)
        .sort(),
    ])
    expect(pairs).toEqual(expected)
  })
})

function short(name: string): string {
  return name.replace('.slow.test.ts', '')
}
