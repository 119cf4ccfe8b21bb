/** Parts of files on their way through a page, by the SHA-256 of the whole; every method throws VendorDown. */
export type UploadStore = {
  /** Notes that an upload has begun, unless it has. Returns the numbers of the parts that are there. */
  begin(sha256: string, at: Date): Promise<number[]>
  writePart(sha256: string, part: number, bytes: Uint8Array): Promise<void>
  /** The parts one after the other, as many as there should be; null when one of them is missing. */
  join(sha256: string, parts: number): Promise<Uint8Array | null>
  remove(sha256: string): Promise<void>
  /** Forgets uploads that began before this moment and were never finished. */
  sweep(before: Date): Promise<void>
}
