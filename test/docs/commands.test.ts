import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pathOf, plain, readPage, readPages, tableAfter } from './read-markdown.ts'

const { scripts } = JSON.parse(readPage('package.json').text) as { scripts: Record<string, string> }
const readme = readPage('README.md')

/** `npm start`, `npm test` and `npm run build` name scripts; `npm install` does not. */
function scriptsNamed(text: string): string[] {
  return [...text.matchAll(/\bnpm (?:run ([a-z:]+)|(start|test)\b)/g)].map(([, run, short]) => run ?? short ?? '')
}

describe('commands in the documentation', () => {
  it('lists every script of package.json in the README, and no other', () => {
    const listed = tableAfter(readme, '## Commands').flatMap(([command]) => scriptsNamed(plain(command)))
    expect(listed.sort()).toEqual(Object.keys(scripts).sort())
  })

  it.each(readPages().map(({ path, text }) => [path, text] as const))('all exist: %s', (_path, text) => {
    expect(scriptsNamed(text).filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })

  it('all have their file', () => {
    const files = Object.values(scripts).flatMap((script) => script.match(/\b(cli|local)\/\S+\.ts\b/g) ?? [])
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((file) => !existsSync(pathOf(file)))).toEqual([])
  })
})

describe('the folders in the README', () => {
  it('all exist', () => {
    const folders = tableAfter(readme, '## Where things are').map(([folder]) => plain(folder))
    expect(folders.filter((folder) => !existsSync(pathOf(folder)))).toEqual([])
  })
})
