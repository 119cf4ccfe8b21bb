import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { SETTINGS } from './bundle-assets.ts'

/** Text of each look's one `<style>` block by the look's name, and how a content security policy names all of them. */
export type CriticalStyles = { styles: Record<string, string>; sources: string[] }

const LOOKS = 'site/assets/css/looks'

/**
 * Minifies each look into the text that stands in its pages, so that nothing has to be fetched before they can be drawn.
 * @throws Error when a style cannot be read, or holds what would end its block early
 */
export async function criticalStyles(folder = LOOKS): Promise<CriticalStyles> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.css')).sort()
  const entryPoints = names.map((name) => join(folder, name))
  const { outputFiles } = await build({ ...SETTINGS, entryPoints, outdir: '.' })
  const sheets = outputFiles.filter(({ path }) => path.endsWith('.css'))
  const styles = Object.fromEntries(sheets.map(({ path, text }) => [basename(path, '.css'), text.trim()]))
  for (const [name, text] of Object.entries(styles)) refuseEnd(name, text)
  return { styles, sources: Object.values(styles).map(styleSource) }
}

function refuseEnd(name: string, text: string): void {
  if (/<\/style/i.test(text)) throw new Error(`The look "${name}" holds "</style", which would end its block early`)
}

/** A browser hashes the text between the tags, to the last character. */
export function styleSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
