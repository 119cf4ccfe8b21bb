import { zipSync } from 'fflate'

/** One file inside an archive. */
export type Entry = { path: string; bytes: Buffer | string }

/** A zip archive with a fixed date, so that the same files give the same bytes. Sorted by path. */
export function archive(entries: Entry[]): Buffer {
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1))
  const files = Object.fromEntries(
    sorted.map(({ path, bytes }) => [path, new Uint8Array(Buffer.from(bytes as string))]),
  )
  return Buffer.from(zipSync(files, { level: 9, mtime: new Date(2026, 8, 1, 9, 0, 0) }))
}
