import type { Dirent } from 'node:fs'
import { readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Deletes every file below `output` that this build did not write: pages of products that are no longer for sale, assets of
 * earlier builds. After the build rather than before it, so that a build that fails leaves the old pages up.
 */
export async function sweepOutput(output: string, written: Set<string>): Promise<void> {
  const entries = await readdir(output, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(pathOf)
  await Promise.all(files.filter((file) => !written.has(file)).map((file) => rm(file)))
  await removeEmpty(entries.filter((entry) => entry.isDirectory()).map(pathOf))
}

/** Deepest first: a folder is empty once the folders in it are gone. */
async function removeEmpty(folders: string[]): Promise<void> {
  for (const folder of folders.sort((a, b) => b.length - a.length)) {
    if ((await readdir(folder)).length === 0) await rmdir(folder)
  }
}

function pathOf(entry: Dirent): string {
  return join(entry.parentPath, entry.name)
}
