import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildShop } from '../cli/build-shop.ts'
import { type LocalFunctions, startFunctions } from './functions.ts'
import type { Platform } from './platform.ts'
import { type StaticSite, startStaticSite } from './static-site.ts'

export type Deploy = { functions: LocalFunctions; site: StaticSite; stop(): Promise<void> }

const NETLIFY_TOML = fileURLToPath(new URL('../netlify.toml', import.meta.url))
/** How long a stop waits for work that runs behind. */
const GRACE_MS = 5_000

/** Builds the shop into its data folder, so that two shops on one machine do not share pages, and starts to serve the build. */
export async function deploy({ settings, env, blobs }: Platform): Promise<Deploy> {
  const { deploy: folder, packages } = settings.folders
  await mkdir(folder, { recursive: true })
  await copyFile(NETLIFY_TOML, join(folder, 'netlify.toml'))
  await buildShop({ env, output: join(folder, 'dist') })
  const site = await startStaticSite(folder)
  const functions = await startFunctions({
    directory: join(folder, 'dist/functions'),
    buildDirectory: packages,
    blobs: blobs.context,
    origin: settings.siteUrl,
  })
  const stop = async () => {
    await functions.stop(GRACE_MS)
    await site.stop()
  }
  return { functions, site, stop }
}
