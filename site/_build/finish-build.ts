import { copyFile, link, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { WrittenPage } from '@11ty/eleventy'
import type { BuiltPage } from './built-page.ts'
import type { AssetUrls } from './bundle-assets.ts'
import { shareFolder } from './found/prepare-found.ts'
import { type HeadersByPath, headersFile } from './headers-file.ts'
import { soundFolder } from './keep-sound.ts'
import { sweepOutput } from './sweep-output.ts'

/** Everything that a build has made, for the moment when all pages are written. */
export type FinishedBuild = {
  output: string
  pages: BuiltPage[]
  /** The pages of functions, which were written like all others. */
  errors: WrittenPage[]
  assets: AssetUrls
  /** Names below /assets/images, to be copied from `cacheFolder`. */
  pictures: string[]
  /** Names below /assets/samples, to be copied from where the cache keeps sounds. */
  sounds: string[]
  /** Names below /assets/share, to be linked from the cache. */
  shares: string[]
  /** Texts of whatever else stands in the folder, by path. */
  files: Record<string, string>
  cacheFolder: string
  headers: HeadersByPath
}

/** Where the pages of functions are while the others are built. */
export const ERRORS = '/errors/'

/**
 * Completes a build: pictures and `_headers` join the pages; the functions' error pages leave them for `errors.json` next to
 * the folder, since nobody should find them under a URL of their own; whatever an earlier build left is deleted.
 */
export async function finishBuild(build: FinishedBuild): Promise<void> {
  const kept = build.pages.map((page) => resolve(page.outputPath))
  const folder = join(resolve(build.output), 'assets')
  const assets = Object.values(build.assets).map((url) => join(resolve(build.output), url))
  const pictures = await copyFiles(build.pictures, build.cacheFolder, join(folder, 'images'))
  const sounds = await copyFiles(build.sounds, soundFolder(build.cacheFolder), join(folder, 'samples'))
  const shares = await linkShares(build)
  const files = await writeFiles(build)
  const headers = join(resolve(build.output), '_headers')
  await writeFile(headers, headersFile(build.headers))
  await writeFile(join(build.output, '..', 'errors.json'), JSON.stringify(errorPages(build.errors), null, 1))
  await sweepOutput(
    resolve(build.output),
    new Set([...kept, ...assets, ...pictures, ...sounds, ...shares, ...files, headers]),
  )
}

async function copyFiles(names: string[], from: string, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  await Promise.all(names.map((name) => copyFile(join(from, name), join(folder, name))))
  return names.map((name) => join(folder, name))
}

/** One for every product that looks like no other: links cost a tenth of copies, and an earlier build has made most of them. */
async function linkShares({ output, shares, cacheFolder }: FinishedBuild): Promise<string[]> {
  const folder = join(resolve(output), 'assets', 'share')
  await mkdir(folder, { recursive: true })
  const there = new Set(await readdir(folder))
  const missing = [...new Set(shares)].filter((name) => !there.has(name))
  await Promise.all(missing.map((name) => linkOrCopy(join(shareFolder(cacheFolder), name), join(folder, name))))
  return shares.map((name) => join(folder, name))
}

/** Folders on two disks cannot be linked. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    await copyFile(from, to)
  }
}

async function writeFiles({ output, files }: FinishedBuild): Promise<string[]> {
  const paths = Object.entries(files).map(([path, text]) => ({ path: join(resolve(output), path), text }))
  await Promise.all(paths.map(({ path, text }) => writeFile(path, text)))
  return paths.map(({ path }) => path)
}

/** `/errors/not-found/` becomes the key `not-found`. */
function errorPages(pages: WrittenPage[]): Record<string, string> {
  return Object.fromEntries(pages.map((page) => [page.url.slice(ERRORS.length, -1), page.content]))
}
