import { readFile } from 'node:fs/promises'
import sharp from 'sharp'

const THEME = new URL('../../assets/css/theme.css', import.meta.url)
const TOKENS = ['paper', 'sheet', 'ink', 'ink-soft', 'line', 'accent', 'highlight', 'on-highlight'] as const

/** Colours of the shop's theme as `#rrggbb`, by the name of their custom property. */
export type ThemeColours = Record<(typeof TOKENS)[number], string>

/**
 * The light colours of the theme, so that what is shared elsewhere looks like the shop.
 * @throws Error naming the property that is missing or is no colour
 */
export async function readThemeColours(css?: string): Promise<ThemeColours> {
  const text = css ?? (await readFile(THEME, 'utf8'))
  const colours = await Promise.all(TOKENS.map(async (token) => [token, await toHex(lightValue(text, token), token)]))
  return Object.fromEntries(colours)
}

/** The first value stands for the light scheme, also within `light-dark(…)`. */
function lightValue(css: string, token: string): string {
  const value = new RegExp(`--${token}:\\s*(?:light-dark\\(\\s*)?([^;,({]+(?:\\([^)]*\\))?)`).exec(css)?.[1]
  if (!value) throw new Error(`theme.css has no --${token}, which the share images are drawn with`)
  return value.trim()
}

/** Whatever CSS calls a colour, read by drawing one pixel of it; what it does not know leaves the pixel empty. */
async function toHex(value: string, token: string): Promise<string> {
  const attribute = value.replaceAll(/["<&]/g, '')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><g fill="none"><path d="M0 0h1v1H0z" fill="${attribute}"/></g></svg>`
  const [red = 0, green = 0, blue = 0, alpha = 0] = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer()
  if (alpha < 255) throw new Error(`theme.css: --${token} is "${value}", which the share images cannot be drawn with`)
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
