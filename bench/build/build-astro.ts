import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'astro'

const ROOT = new URL('./astro/', import.meta.url)

/** Astro's static build of the same pages that the bare Eleventy makes. Its pages read how many from the environment. */
export async function buildAstro(count: number, folder: string): Promise<void> {
  process.env.BENCH_PRODUCTS = String(count)
  process.env.ASTRO_TELEMETRY_DISABLED = '1'
  // It leaves chunks where it runs, and its pages find their packages from there.
  process.chdir(fileURLToPath(ROOT))
  await build({
    root: fileURLToPath(ROOT),
    outDir: join(folder, 'out'),
    cacheDir: join(folder, 'cache'),
    logLevel: 'error',
    vite: { cacheDir: join(folder, 'vite') },
  })
}
