/** Pictures and samples of the products by the SHA-256 of their bytes; the build reads them. Every method throws VendorDown. */
export type PictureStore = {
  has(sha256: string): Promise<boolean>
  /** Null when there is none. */
  read(sha256: string): Promise<Uint8Array | null>
  write(sha256: string, bytes: Uint8Array, contentType: string): Promise<void>
}
