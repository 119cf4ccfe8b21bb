import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../site/assets/css/theme.css', import.meta.url), 'utf8')
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)')

/** Text colours, and the grounds that they stand on somewhere in the pages. */
const PAIRS: [text: string, ...grounds: string[]][] = [
  ['ink', 'paper', 'sheet', 'fog'],
  ['ink-soft', 'paper', 'sheet', 'fog'],
  ['accent', 'paper', 'sheet', 'fog'],
  ['accent-deep', 'paper', 'sheet', 'fog'],
  ['alert', 'paper'],
  ['on-accent', 'accent', 'accent-deep'],
  ['on-highlight', 'highlight'],
  ['paper', 'ink'],
]

describe('the theme', () => {
  it.each([
    ['light', colours(light)],
    ['dark', { ...colours(light), ...colours(dark) }],
  ])('has WCAG AA contrast between every text and its grounds in its %s scheme', (_scheme, colour) => {
    const ratios = PAIRS.flatMap(([text, ...grounds]) =>
      grounds.map((ground) => ({ pair: `${text} on ${ground}`, ratio: contrast(colour[text], colour[ground]) })),
    )
    expect(ratios.filter(({ ratio }) => !(ratio >= 4.5))).toEqual([])
  })
})

function colours(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]+);/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

/** WCAG 2.2's contrast ratio; `NaN` for a colour that is missing. */
function contrast(one = '', other = ''): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.replaceAll(/[0-9a-f]/g, '$&$&') : hex
  const linear = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(digits.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = linear
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
