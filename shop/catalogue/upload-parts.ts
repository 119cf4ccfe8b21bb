/** Bytes of a part: Netlify hands a function 4.5 MB at most, and 4 MB leave room. */
export const PART_BYTES = 4_000_000
/** Bytes of a file that comes through a page; larger ones come with `file push`. */
export const LARGEST_UPLOAD = 19_000_000

/** How many parts a file has. */
export function countParts(sizeBytes: number): number {
  return Math.ceil(sizeBytes / PART_BYTES)
}

/** How long this part of a file is, from 1; 0 when there is no such part. */
export function sizeOfPart(sizeBytes: number, part: number): number {
  if (!Number.isInteger(part) || part < 1 || part > countParts(sizeBytes)) return 0
  return Math.min(PART_BYTES, sizeBytes - (part - 1) * PART_BYTES)
}
