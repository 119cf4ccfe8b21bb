import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** By address: on how many runs in a row it was gone, and since when. An address that is well is not in it. */
const Memory = z.record(z.string(), z.strictObject({ times: z.int().min(1), since: z.iso.datetime() }))

export type LinkMemory = z.infer<typeof Memory>

const fileIn = (folder: string) => join(folder, 'link-check.json')

/** What the last run knew; nothing at first, and nothing from a file that cannot be read as one. */
export function readMemory(folder: string): LinkMemory {
  try {
    return Memory.safeParse(JSON.parse(readFileSync(fileIn(folder), 'utf8'))).data ?? {}
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

/** Written beside and renamed, so that a kill leaves the old one or the new one. */
export function writeMemory(folder: string, memory: LinkMemory): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${fileIn(folder)}.part`, `${JSON.stringify(memory, null, 1)}\n`)
  renameSync(`${fileIn(folder)}.part`, fileIn(folder))
}
