import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CriticalStyles, criticalStyles, styleSource } from '../../site/_build/critical-styles.ts'

const CSS = 'site/assets/css'
const sheets = readdirSync(CSS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'))
const text = (name: string) => readFileSync(join(CSS, name), 'utf8')
const names = (css: string, pattern: RegExp) => new Set([...css.matchAll(pattern)].map(([, name = '']) => name))

let looks: CriticalStyles
beforeAll(async () => {
  looks = await criticalStyles()
})

describe('the styles', () => {
  it('use no property that nobody sets', () => {
    const all = sheets.map(text).join('\n')
    const set = names(all, /(--[a-z0-9-]+):/g)
    expect([...names(all, /var\((--[a-z0-9-]+)\)/g)].filter((name) => !set.has(name))).toEqual([])
  })

  it('set colours in the theme and nowhere else', () => {
    const elsewhere = sheets.filter((name) => name !== 'theme.css' && !/print.css$|^admin\//.test(name))
    const coloured = elsewhere.filter((name) => /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/i.test(text(name)))
    expect(coloured).toEqual([])
  })

  it('move nothing for people who asked for stillness', () => {
    for (const name of sheets) {
      const outside = text(name).replaceAll(/@media \(prefers-reduced-motion: no-preference\) \{[\s\S]*?\n\}/g, '')
      expect(outside, name).not.toMatch(/transition|scroll-behavior/)
    }
  })
})

describe('a look', () => {
  it('stands in its pages as one small text, whose hash a policy can name', () => {
    expect(Object.keys(looks.styles)).toEqual(expect.arrayContaining(['home', 'list', 'order', 'page', 'product']))
    for (const [name, style] of Object.entries(looks.styles)) {
      expect(style.length, name).toBeLessThan(26_000)
      expect(style, name).not.toContain('@import')
      expect(looks.sources, name).toContain(styleSource(style))
    }
    expect(styleSource('a{}')).toBe("'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='")
  })

  it('of pages that sell holds what they show, and not what orders do', () => {
    const { home = '', list = '', product = '', order = '' } = looks.styles
    expect([home, list, product].map((style) => style.includes('.card'))).toEqual([true, true, true])
    expect([home, list, product, order].map((style) => style.includes('.order-facts'))).toEqual([
      false,
      false,
      false,
      true,
    ])
  })

  it('that could end its block early fails the build', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'till-looks-'))
    await writeFile(join(folder, 'evil.css'), 'a::after { content: "</style><script>" }')
    // The bundler writes it harmlessly today; what counts is that no block can hold it.
    const { styles } = await criticalStyles(folder).catch(() => ({ styles: {} as Record<string, string> }))
    expect(styles.evil ?? '').not.toContain('</style')
    await rm(folder, { recursive: true })
  })
})
