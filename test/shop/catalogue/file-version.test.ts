import { describe, expect, it } from 'vitest'
import { type FileLabel, faultOf, keyOf } from '../../../shop/catalogue/file-version.ts'

const LABEL: FileLabel = {
  slot: 'main',
  filename: 'Größe – 1.pdf',
  changelog: 'Zwölf Seiten mehr.',
  contentType: 'application/pdf',
}

describe('faultOf', () => {
  it.each<Partial<FileLabel>>([
    {},
    { filename: '.hidden' },
    { filename: '日本語.zip' },
    { filename: '😀'.repeat(200) },
    { changelog: '' },
    { changelog: '😀'.repeat(500) },
    { contentType: 'application/vnd.api+json' },
  ])('lets pass: %j', (change) => {
    expect(faultOf({ ...LABEL, ...change })).toBeNull()
  })

  it.each<[string, Partial<FileLabel>]>([
    ['named with', { filename: '' }],
    ['named with', { filename: '.' }],
    ['named with', { filename: '..' }],
    ['named with', { filename: 'a/b.pdf' }],
    ['named with', { filename: 'a\\b.pdf' }],
    ['named with', { filename: 'a\u0000.pdf' }],
    ['named with', { filename: 'a\r\nSet-Cookie: b' }],
    ['named with', { filename: 'a\u202efdp.exe' }],
    ['named with', { filename: 'x'.repeat(201) }],
    ['slot', { slot: '' }],
    ['slot', { slot: 'Main' }],
    ['slot', { slot: 'x'.repeat(41) }],
    ['one line', { changelog: 'a\nb' }],
    ['one line', { changelog: 'x'.repeat(501) }],
    ['two words', { contentType: 'pdf' }],
    ['two words', { contentType: 'text/html; charset=utf-8' }],
  ])('%s: %j', (rule, change) => {
    const fault = faultOf({ ...LABEL, ...change })
    expect(fault).toContain(rule)
    expect(fault).toContain(JSON.stringify(Object.values(change)[0]))
  })
})

describe('keyOf', () => {
  it('is one that the stores and the database take', () => {
    expect(keyOf('a'.repeat(64))).toMatch(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/)
  })
})
