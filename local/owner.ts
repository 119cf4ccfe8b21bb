import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Owner = z.object({ pid: z.number(), servicesUrl: z.string() })
/** Who says to own a data folder. Only the lock decides; this is for messages, and for commands that look for the owner. */
export type Owner = z.infer<typeof Owner>

const fileIn = (folder: string) => join(folder, 'owner.json')

export function writeOwner(folder: string, owner: Owner): void {
  writeFileSync(fileIn(folder), `${JSON.stringify(owner)}\n`)
}

/** Undefined when nobody has written it, or only half of it yet. */
export function readOwner(folder: string): Owner | undefined {
  try {
    return Owner.safeParse(JSON.parse(readFileSync(fileIn(folder), 'utf8'))).data
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
