import { getStore } from '@netlify/blobs'
import type { FileStore } from '../shop/app.ts'
import { VendorDown } from '../shop/errors.ts'

const OPEN_DEADLINE_MS = 8_000

/** Images of the products by the SHA-256 of their bytes; the build reads them. */
export type ImageStore = { read(sha256: string): Promise<Uint8Array | null> }

/** The files that buyers get, in Netlify Blobs; keys come from the database only. */
export function createFileStore(): FileStore {
  return {
    open: async (key) => {
      const plain = checkedKey(key)
      const store = getStore({ name: 'product-files', consistency: 'strong' })
      const stream = await withinDeadline(OPEN_DEADLINE_MS, () => store.get(plain, { type: 'stream' }))
      return stream as ReadableStream<Uint8Array> | null
    },
  }
}

export function createImageStore(): ImageStore {
  return {
    read: async (sha256) => {
      const bytes = await getStore('product-images').get(checkedKey(sha256), { type: 'arrayBuffer' })
      return bytes && new Uint8Array(bytes)
    },
  }
}

/**
 * Blobs puts keys into URLs unencoded: `..` leaves the store, `.` is the store itself and `?` cuts the key short, so only plain keys
 * may pass.
 * @throws TypeError for any other key
 */
export function checkedKey(key: string): string {
  const isPlain = /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/.test(key)
  if (isPlain && !key.includes('..') && !key.split('/').includes('.')) return key
  throw new TypeError('not a key of this store')
}

/**
 * Gives up after `ms`: the Blobs client itself has no timeout and repeats a failing call for 25 s and more.
 * @throws VendorDown when the store has not answered by then, or answered with a failure
 */
export async function withinDeadline<Result>(ms: number, work: () => Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work(), deadline])
  } catch (error) {
    throw new VendorDown('storage', 'The file store does not answer.', { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
