import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'
import nunjucks from 'nunjucks'
import type { Shop } from '../../../shop/shop-config.ts'
import { type AssetUrls, SETTINGS } from '../bundle-assets.ts'

const INCLUDES = 'site/_includes'
/** Folders with what the page of a product is made of. */
const FOLDERS = ['pages', 'components', 'basket']

/**
 * Bundles what the seller's page needs to show a product as its page will be: the very templates, compiled, with the words, the settings and the
 * rules that the build uses. See docs/decisions/0021-catalogue.md.
 */
export async function bundlePreview(output: string, shop: Shop): Promise<AssetUrls> {
  const [script, styles] = await Promise.all([bundleScript(shop), bundleStyles()])
  const files = await Promise.all([save('preview.js', script, output), save('preview.css', styles, output)])
  return Object.assign({}, ...files)
}

async function bundleScript(shop: Shop) {
  const contents = `import { createPreview } from './site/_build/preview/create-preview.ts'
globalThis.tillPreview = createPreview(${JSON.stringify(shop)}, {${await compileTemplates()}})`
  const stdin = { contents, resolveDir: process.cwd(), sourcefile: 'preview.ts', loader: 'ts' as const }
  return build({ ...SETTINGS, stdin, format: 'esm', outdir: 'assets', entryNames: 'preview-[hash]' })
}

/** A stylesheet of its own, since the shop's pages carry theirs within them. */
function bundleStyles() {
  const entryPoints = { preview: 'site/assets/css/looks/product.css' }
  return build({ ...SETTINGS, entryPoints, outdir: 'assets', entryNames: 'preview-[hash]' })
}

async function compileTemplates(): Promise<string> {
  const names = await Promise.all(
    FOLDERS.map(async (folder) =>
      (await readdir(join(INCLUDES, folder)))
        .filter((name) => name.endsWith('.njk'))
        .map((name) => `${folder}/${name}`),
    ),
  )
  const compiled = names.flat().map(async (name) => {
    const text = await readFile(join(INCLUDES, name), 'utf8')
    const wrapper = ([one]: { template: string }[]) => `${JSON.stringify(name)}: (() => {${one?.template ?? ''}})()`
    return nunjucks.precompileString(text, { name, wrapper })
  })
  return (await Promise.all(compiled)).join(',\n')
}

type Built = { outputFiles: { path: string; contents: Uint8Array }[] }

/** Writes everything that a bundle has made, and names its main file. */
async function save(name: string, { outputFiles }: Built, output: string): Promise<AssetUrls> {
  const folder = join(output, 'assets')
  await mkdir(folder, { recursive: true })
  await Promise.all(outputFiles.map(({ path, contents }) => writeFile(join(folder, basename(path)), contents)))
  const main = outputFiles.find(({ path }) => path.endsWith(name.slice(name.lastIndexOf('.'))))
  if (!main)
    throw new Error(`the preview has no ${name}; what was built lies in ${dirname(outputFiles[0]?.path ?? '')}`)
  return { [name]: `/assets/${basename(main.path)}` }
}
