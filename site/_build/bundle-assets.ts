import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'

/** URL of each script by its source's name: `{ 'search.ts': '/assets/search-1A2B3C4D.js' }`, and of the stylesheet that is a file. */
export type AssetUrls = Record<string, string>

/** Older browsers get nothing that they cannot read. */
const TARGET = ['es2022', 'chrome105', 'firefox110', 'safari16']

/** What scripts, stylesheets and the styles in the pages have in common; all name the same files of fonts. */
export const SETTINGS = {
  bundle: true,
  minify: true,
  target: TARGET,
  loader: { '.woff2': 'file' as const },
  assetNames: '[name]-[hash]',
  publicPath: '/assets',
  write: false as const,
} satisfies BuildOptions

const WHOLE = [
  'site/assets/css/admin.css',
  'site/assets/css/looks/page.css',
  'site/assets/ts/basket.ts',
  'site/assets/ts/basket-page.ts',
  'site/assets/ts/basket-settle.ts',
  'site/assets/ts/landing.ts',
  'site/assets/ts/log-click.ts',
  'site/assets/ts/product.ts',
  'site/assets/ts/search.ts',
  'site/assets/ts/success.ts',
]
/** Their part that signs people in is fetched only when somebody does: it carries a library. */
const IN_PARTS = ['site/assets/ts/purchases.ts', 'site/assets/ts/admin.ts']

/** Bundles styles and scripts into `output`/assets under names that carry a hash, so that browsers may keep them for ever. */
export async function bundleAssets(output: string): Promise<AssetUrls> {
  // Each by itself: parts that two of them share would cost everybody who opens one a request more.
  const bundles = [bundle(WHOLE, output, false), ...IN_PARTS.map((script) => bundle([script], output, true))]
  return Object.assign({}, ...(await Promise.all(bundles)))
}

/** The faces that the theme names, which pages fetch at once. */
export function fontUrls(assets: AssetUrls): string[] {
  return Object.values(assets).filter((url) => url.endsWith('.woff2'))
}

async function bundle(entryPoints: string[], output: string, splitting: boolean): Promise<AssetUrls> {
  const { outputFiles, metafile } = await build({
    ...SETTINGS,
    entryPoints,
    splitting,
    outdir: join(output, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    // What is left of Node in a library would cost an empty file of its own.
    define: { require: 'undefined' },
    format: 'esm',
    metafile: true,
  })
  await Promise.all(outputFiles.map((file) => save(file.path, file.contents)))
  const urls = Object.entries(metafile.outputs).map(([path, { entryPoint = path }]) => [
    basename(entryPoint),
    `/assets/${basename(path)}`,
  ])
  return Object.fromEntries(urls)
}

async function save(path: string, contents: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, contents)
}
