import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

type Folders = {
  /** The bundles that a build made, one file each. */
  bundles: string
  /** Gets an entry for each of them. */
  entries: string
}

const SOURCES = fileURLToPath(new URL('../functions', import.meta.url))

/**
 * Writes for each bundle the few lines that Netlify's packager has to read: its settings, and where the rest is. The packager parses what it
 * reads three times; of all bundles, that costs each start ten seconds and half a gigabyte. That it finds the same settings in the
 * bundles themselves, which is what Netlify gets, is held by test/architecture.bundles.test.ts.
 */
export async function writeEntries({ bundles, entries }: Folders, sources = SOURCES): Promise<void> {
  await rm(entries, { recursive: true, force: true })
  await mkdir(entries, { recursive: true })
  for (const file of await readdir(bundles)) {
    const bundle = pathToFileURL(join(bundles, file)).href
    const source = await readFile(join(sources, `${basename(file, '.mjs')}.ts`), 'utf8')
    const lines = [`export { default } from ${JSON.stringify(bundle)}`, settingsOf(source, file)]
    await writeFile(join(entries, file), `${lines.join('\n')}\n`)
  }
}

/** @throws Error for settings in a form that Netlify could not read either */
function settingsOf(source: string, file: string): string {
  if (!/\bconfig\b/.test(source)) return ''
  const literal = /^export const config: Config = (\{.*\}|\{\n[\s\S]*?\n\})$/m.exec(source)?.[1]
  if (!literal) throw new Error(`the settings of ${file} are no literal: export const config: Config = { … }`)
  return `export const config = ${literal}`
}
