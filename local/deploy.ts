import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { buildPages, buildShop } from '../cli/build-shop.ts'
import { noteBuild } from '../cli/note-build.ts'
import { buildOnce } from './build-once.ts'
import { writeEntries } from './function-entries.ts'
import { type LocalFunctions, startFunctions } from './functions.ts'
import type { Platform } from './platform.ts'
import { type StaticSite, startStaticSite } from './static-site.ts'

export type Deploy = {
  functions: LocalFunctions
  /** Answers from the newest build. */
  site: Pick<StaticSite, 'handle'>
  /** Builds the pages anew beside those that are served, and serves them once they are whole. @throws Error when they cannot be built */
  rebuild(): Promise<void>
  stop(): Promise<void>
}

const NETLIFY_TOML = fileURLToPath(new URL('../netlify.toml', import.meta.url))
/** How long a stop waits for work that runs behind, and earlier pages for the requests that still read them. */
const GRACE_MS = 5_000

/** Builds the shop into its data folder, so that two shops on one machine do not share pages, and starts to serve the build. */
export async function deploy({ settings, env, blobs }: Platform): Promise<Deploy> {
  const { deploy: folder, packages } = settings.folders
  await rm(join(folder, 'builds'), { recursive: true, force: true })
  const output = join(folder, 'dist')
  const build = () => buildOnce({ env, output, build: () => buildShop({ env, output }) })
  const first = await serveBuild(folder, () => noteBuild(env, build))
  const entries = join(folder, 'entries')
  await writeEntries({ bundles: join(output, 'functions'), entries })
  const functions = await startFunctions({
    directory: entries,
    buildDirectory: packages,
    blobs: blobs.context,
    origin: settings.siteUrl,
  })
  const stopping = new AbortController()
  let serving = { folder, site: first }
  let builds = 0
  const rebuild = async () => {
    const next = join(folder, 'builds', String(++builds))
    const before = serving
    // Noted once it is served: whoever waits for the note goes on to look at the pages.
    await noteBuild(env, async () => {
      const site = await serveBuild(next, () => buildPages(env, join(next, 'dist')))
      serving = { folder: next, site }
    })
    await sleep(GRACE_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    await before.site.stop()
    if (before.folder !== folder) await rm(before.folder, { recursive: true, force: true })
  }
  const stop = async () => {
    stopping.abort()
    await functions.stop(GRACE_MS)
    await serving.site.stop()
  }
  return { functions, site: { handle: (request) => serving.site.handle(request) }, rebuild, stop }
}

/** `folder` gets netlify.toml and what `build` makes of the shop. */
async function serveBuild(folder: string, build: () => Promise<unknown>): Promise<StaticSite> {
  await mkdir(folder, { recursive: true })
  await copyFile(NETLIFY_TOML, join(folder, 'netlify.toml'))
  await build()
  return startStaticSite(folder)
}
