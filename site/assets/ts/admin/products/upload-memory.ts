/** A file that is on its way to a product, kept by the browser so that a reload does not lose it. */
export type PendingUpload = { product_id: string; file: File; slot: string; filename: string; changelog: string }

const [DATABASE, STORE] = ['till-uploads', 'pending']

/** Keeps the upload of a product, in place of one before it; does nothing in a browser that keeps no files. */
export function keepUpload(upload: PendingUpload): Promise<void> {
  return inStore('readwrite', (store) => store.put(upload, upload.product_id)).then(ignore, ignore)
}

/** The upload that was on its way to a product when the page was left, if any. */
export async function findUpload(productId: string): Promise<PendingUpload | null> {
  try {
    return ((await inStore('readonly', (store) => store.get(productId))) as PendingUpload | undefined) ?? null
  } catch {
    // A private window keeps nothing: then the reader chooses the file anew, and the parts are still there.
    return null
  }
}

/** Forgets the upload of a product. */
export function forgetUpload(productId: string): Promise<void> {
  return inStore('readwrite', (store) => store.delete(productId)).then(ignore, ignore)
}

function inStore(mode: IDBTransactionMode, does: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const request = does(opening.result.transaction(STORE, mode).objectStore(STORE))
      request.onerror = () => reject(request.error)
      request.onsuccess = () => resolve(request.result)
      request.transaction?.addEventListener('complete', () => opening.result.close())
    }
  })
}

function ignore(): void {}
