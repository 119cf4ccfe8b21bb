import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** CommonJS inside an ES module bundle asks for `require`, which is not there. */
const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`

/** Optional parts of the peers that no bundle needs. */
const EXTERNAL = ['pg-native', 'typescript']

type Source = { entry: string } | { code: string }

/** Bundles and minifies as `npm run build` does. @returns the file and its size in bytes */
export async function bundle(
  source: Source,
  { folder, name, external = [] }: { folder: string; name: string; external?: string[] },
): Promise<{ file: string; bytes: number }> {
  const file = join(folder, `${name}.mjs`)
  const input =
    'entry' in source
      ? { entryPoints: [join(HERE, source.entry)] }
      : { stdin: { contents: source.code, resolveDir: HERE, loader: 'ts' as const } }
  const { metafile } = await build({
    ...input,
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    metafile: true,
    logLevel: 'error',
    external: [...EXTERNAL, ...external],
    banner: name.startsWith('till') ? {} : { js: REQUIRE },
  })
  return { file, bytes: Object.values(metafile.outputs)[0]?.bytes ?? 0 }
}
