/** Where a file is kept, as its row says: Netlify Blobs, or a bucket of any S3-compatible service. */
export type StoreName = 'blobs' | 's3'

/** Bytes `first` to `last` of a file, both included. */
export type ByteRange = { first: number; last: number }

/** A file to be stored, read piece by piece. */
export type FileSource = {
  sizeBytes: number
  sha256: string
  contentType: string
  read(range: ByteRange): Promise<Uint8Array>
}

/** Where an upload notes how far it is, so that another process can go on. */
export type UploadBookmark = {
  load(): Promise<string | null>
  save(state: string): Promise<void>
  clear(): Promise<void>
}

export type UploadRun = {
  bookmark: UploadBookmark
  /** Told how many bytes are in the store, those of an earlier run included. */
  progress(doneBytes: number): void
  /** Stops the upload, which rejects with the signal's reason; what is in the store by then serves the next run. */
  signal: AbortSignal
}

/** The files that buyers get. Every method throws VendorDown when the store does not answer and VendorRefused when it says no. */
export type FileStore = {
  /** The largest file that can be stored and handed out, in bytes. */
  readonly maxBytes: number
  /**
   * Opens a file, or the part of it that is in `range`; null when the store does not have it.
   * @throws VendorDown when the store has not begun to answer within 8 s
   */
  open(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | null>
  /** An address that hands out the file under this name for so many seconds; null when the shop must stream it itself. */
  link(key: string, as: { filename: string; seconds: number }): Promise<string | null>
  /** What the store knows about a file; null when it does not have it. */
  stat(key: string): Promise<{ size_bytes: number; sha256: string | null } | null>
  /** Stores a file, or goes on with an upload that did not come to its end; resolves when the store has it whole. */
  write(key: string, source: FileSource, run: UploadRun): Promise<void>
  /** Forgets a file; one that is not there is no failure. */
  remove(key: string): Promise<void>
}
