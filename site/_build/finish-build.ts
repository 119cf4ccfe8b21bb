import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { WrittenPage } from '@11ty/eleventy'
import type { AssetUrls } from './bundle-assets.ts'
import { type HeadersByPath, headersFile } from './headers-file.ts'
import { sweepOutput } from './sweep-output.ts'

/** Everything that a build has made, for the moment when all pages are written. */
export type FinishedBuild = {
  output: string
  pages: WrittenPage[]
  assets: AssetUrls
  /** Names below /assets/images, to be copied from `cacheFolder`. */
  pictures: string[]
  cacheFolder: string
  headers: HeadersByPath
}

const ERRORS = '/errors/'

/**
 * Completes a build: pictures and `_headers` join the pages; the functions' error pages leave them for `errors.json` next to
 * the folder, since nobody should find them under a URL of their own; whatever an earlier build left is deleted.
 */
export async function finishBuild(build: FinishedBuild): Promise<void> {
  const errors = build.pages.filter((page) => page.url.startsWith(ERRORS))
  const kept = build.pages.filter((page) => !errors.includes(page)).map((page) => resolve(page.outputPath))
  const assets = Object.values(build.assets).map((url) => join(resolve(build.output), url))
  const pictures = await copyPictures(build)
  const headers = join(resolve(build.output), '_headers')
  await writeFile(headers, headersFile(build.headers))
  await writeFile(join(build.output, '..', 'errors.json'), JSON.stringify(errorPages(errors), null, 1))
  await sweepOutput(resolve(build.output), new Set([...kept, ...assets, ...pictures, headers]))
}

async function copyPictures({ output, pictures, cacheFolder }: FinishedBuild): Promise<string[]> {
  const folder = join(resolve(output), 'assets', 'images')
  await mkdir(folder, { recursive: true })
  await Promise.all(pictures.map((name) => copyFile(join(cacheFolder, name), join(folder, name))))
  return pictures.map((name) => join(folder, name))
}

/** `/errors/not-found/` becomes the key `not-found`. */
function errorPages(pages: WrittenPage[]): Record<string, string> {
  return Object.fromEntries(pages.map((page) => [page.url.slice(ERRORS.length, -1), page.content]))
}
