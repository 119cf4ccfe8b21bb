import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writePages } from '../../site/_build/write-pages.ts'

const LISTED = '<head><link rel="canonical" href="/a/"></head>'
const page = (url: string) => ({ url, template: 'any.njk', data: {} })

let output: string
beforeAll(async () => {
  output = await mkdtemp(join(tmpdir(), 'till-pages-'))
})
afterAll(() => rm(output, { recursive: true }))

describe('writePages', () => {
  it('shows each page once, keeps no HTML, and says which may be listed', async () => {
    const seen: string[] = []
    const render = ({ url }: { url: string }) => (url === '/a/' ? LISTED : `a page at ${url}`)
    const built = writePages([page('/a/'), page('/b/c/')], { output, render, inspect: ({ url }) => seen.push(url) })
    expect(seen).toEqual(['/a/', '/b/c/'])
    expect(built).toEqual([
      { url: '/a/', outputPath: join(output, 'a/index.html'), isListed: true },
      { url: '/b/c/', outputPath: join(output, 'b/c/index.html'), isListed: false },
    ])
    expect(await readFile(join(output, 'b/c/index.html'), 'utf8')).toBe('a page at /b/c/')
  })

  it('refuses two pages at one address, of which one would be lost', () => {
    const options = { output, render: () => '', inspect: () => {} }
    expect(() => writePages([page('/a/'), page('/a/')], options)).toThrow('Two pages want the address /a/')
  })
})
