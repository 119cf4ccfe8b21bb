import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Line } from '../../../db/shop-copy.ts'

/** What is personal in a copy is for its owner's eyes. */
export const PRIVATE = 0o600
/** Rows that are asked for at once: an order's mails have a body each, and an answer of the database has a limit. */
const ROWS_AT_ONCE = 100
/** Rows that are written in one statement, and their letters. */
const BATCH = { lines: 100, characters: 2_000_000 }

/** How many lines a file has, and the SHA-256 of its bytes. */
export type Contents = { lines: number; sha256: string }

type Pages = (page: { after: string; most: number }) => Promise<Line[]>

/** Writes everything that the pages hold into a file, a line each, and tells how far it is. */
export async function writeLines(path: string, runs: Pages[], progress: (lines: number) => void): Promise<Contents> {
  const handle = await open(path, 'w', PRIVATE)
  const hash = createHash('sha256')
  let lines = 0
  try {
    for (const pages of runs) {
      for await (const page of paged(pages)) {
        const text = page.map(({ line }) => `${line}\n`).join('')
        hash.update(text)
        await handle.write(text)
        lines += page.length
        progress(lines)
      }
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { lines, sha256: hash.digest('hex') }
}

async function* paged(pages: Pages): AsyncGenerator<Line[]> {
  for (let after = ''; ; ) {
    const page = await pages({ after, most: ROWS_AT_ONCE })
    if (page.length > 0) yield page
    if (page.length < ROWS_AT_ONCE) return
    after = page.at(-1)?.id ?? ''
  }
}

/** The lines of a file. */
export function readLines(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
}

/** The lines of a file as JSON arrays, each small enough for one statement. */
export async function* readBatches(path: string): AsyncGenerator<{ json: string; lines: number }> {
  let batch: string[] = []
  let characters = 0
  for await (const line of readLines(path)) {
    if (batch.length > 0 && (batch.length === BATCH.lines || characters + line.length > BATCH.characters)) {
      yield { json: `[${batch.join(',')}]`, lines: batch.length }
      batch = []
      characters = 0
    }
    batch.push(line)
    characters += line.length
  }
  if (batch.length > 0) yield { json: `[${batch.join(',')}]`, lines: batch.length }
}

/** What a file has in it, read from its bytes. */
export async function readContents(path: string): Promise<Contents> {
  const hash = createHash('sha256')
  let lines = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    for (const byte of chunk) if (byte === 0x0a) lines++
  }
  return { lines, sha256: hash.digest('hex') }
}
