import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const count = z.int().min(0)
const Bookmark = z.strictObject({
  /** Which shop, which span and whether dry: only the same command goes on. */
  run: z.string(),
  at: z.coerce.date(),
  since: z.coerce.date(),
  place: z.strictObject({ kind: z.enum(['session', 'refund', 'dispute']), after: z.string().nullable() }),
  compared: z.strictObject({ session: count, refund: count, dispute: count }),
  found: count,
  left: count,
})

/** Where an interrupted run stopped, and what it had found by then. */
export type Bookmark = z.infer<typeof Bookmark>

/** Entries move down Stripe's lists, not away, but after a day a run from the start says more. */
const FRESH_MS = 86_400_000

const fileIn = (folder: string) => join(folder, 'reconcile.json')

/** Written beside and renamed, so that a kill leaves the old one or the new one. */
export function writeBookmark(folder: string, bookmark: Bookmark): void {
  mkdirSync(folder, { recursive: true })
  const file = fileIn(folder)
  writeFileSync(`${file}.part`, `${JSON.stringify(bookmark)}\n`)
  renameSync(`${file}.part`, file)
}

export function removeBookmark(folder: string): void {
  rmSync(fileIn(folder), { force: true })
}

/** The bookmark of this very run, at most a day old; null when there is none that can be read. */
export function readBookmark(folder: string, { run, now }: { run: string; now: Date }): Bookmark | null {
  const bookmark = Bookmark.safeParse(readJson(fileIn(folder))).data
  return bookmark?.run === run && now.getTime() - bookmark.at.getTime() < FRESH_MS ? bookmark : null
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
