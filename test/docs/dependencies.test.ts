import { describe, expect, it } from 'vitest'
import { plain, readPage, tableAfter } from './read-markdown.ts'

type Manifest = Record<'dependencies' | 'devDependencies', Record<string, string>>

const { dependencies, devDependencies } = JSON.parse(readPage('package.json').text) as Manifest
const page = readPage('docs/decisions/0001-dependencies.md')
const listed = (before: string) => tableAfter(page, before).map(([name]) => plain(name))

describe('docs/decisions/0001-dependencies.md', () => {
  it('gives a reason for every dependency, and for none that is gone', () => {
    expect(listed('At run time')).toEqual(Object.keys(dependencies).sort())
    expect(listed('For development')).toEqual(Object.keys(devDependencies).sort())
  })

  it('gives a reason that says something', () => {
    const reasons = ['At run time', 'For development'].flatMap((before) => tableAfter(page, before))
    expect(reasons.filter(([, reason = '']) => reason.split(' ').length < 3)).toEqual([])
  })

  it('installs no package that is only a signpost', () => {
    expect(Object.keys({ ...dependencies, ...devDependencies })).not.toContain('eleventy')
  })
})
