import type { PictureStore } from '../shop/catalogue/picture-store.ts'
import { checkedKey } from './checked-key.ts'
import type { OpenBlobs } from './open-blobs.ts'
import { withinDeadline } from './within-deadline.ts'

const DEADLINE_MS = 8_000
/** A picture has megabytes, and a line at home may be slow. */
const TRANSFER_MS = 120_000

/** The products' pictures in Netlify Blobs. One is named by its content, so that whichever copy answers is the right one. */
export function createPictureStore(openBlobs: OpenBlobs): PictureStore {
  const store = (signal: AbortSignal) => openBlobs('product-images', { signal })
  return {
    has: async (sha256) => {
      const key = checkedKey(sha256)
      return withinDeadline(DEADLINE_MS, async (late) => (await store(late).getMetadata(key)) !== null)
    },
    read: async (sha256) => {
      const key = checkedKey(sha256)
      return withinDeadline(TRANSFER_MS, async (signal) => {
        const eventual = openBlobs('product-images', { consistency: 'eventual', signal })
        const bytes = await eventual.get(key, { type: 'arrayBuffer' })
        return bytes && new Uint8Array(bytes)
      })
    },
    write: async (sha256, bytes, contentType) => {
      const key = checkedKey(sha256)
      await withinDeadline(TRANSFER_MS, async (late) => {
        const metadata = { size_bytes: bytes.byteLength, content_type: contentType }
        const { etag } = await store(late).set(key, new Blob([new Uint8Array(bytes)]), { metadata })
        // The client has been seen to report a success that was none; a picture that is there has an etag.
        if (!etag) throw new Error('the store has not confirmed the picture')
      })
    },
  }
}
