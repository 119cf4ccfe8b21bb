import { readdir, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type BuildOptions, build, formatMessages, type Plugin } from 'esbuild'

export type Bundle = { name: string; bytes: number }
type Options = {
  /** Folder of the functions: one file, one function. */
  source: string
  output: string
  /** JSON of the shop's error pages, which `#error-pages` stands for in a build. */
  errorPages: string
}

/** `minifySyntax` would write `true` as `!0`, and Netlify drops every setting of `config` that is not a literal. */
const SETTINGS: BuildOptions = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minifyWhitespace: true,
  minifyIdentifiers: true,
  legalComments: 'none',
  outExtension: { '.js': '.mjs' },
  metafile: true,
  logLevel: 'silent',
}

/** Bundles each function into one file; returns their sizes, largest first. @throws Error on any error or warning */
export async function bundleFunctions({ source, output, errorPages }: Options): Promise<Bundle[]> {
  const files = (await readdir(source)).filter((name) => name.endsWith('.ts'))
  const entryPoints = files.map((name) => join(source, name))
  await rm(output, { recursive: true, force: true })
  const plugins = [errorPagesFrom(resolve(errorPages))]
  const { metafile, warnings } = await build({ ...SETTINGS, entryPoints, outdir: output, plugins })
  if (warnings.length > 0) throw new Error((await formatMessages(warnings, { kind: 'warning' })).join('\n'))
  const outputs = Object.entries(metafile?.outputs ?? {})
  return outputs.map(([path, { bytes }]) => ({ name: basename(path, '.mjs'), bytes })).sort((a, b) => b.bytes - a.bytes)
}

function errorPagesFrom(path: string): Plugin {
  return {
    name: 'error-pages',
    setup: ({ onResolve }) => onResolve({ filter: /^#error-pages$/ }, () => ({ path })),
  }
}
