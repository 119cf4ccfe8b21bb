/**
 * Blobs puts keys into URLs unencoded: `..` leaves the store, `.` is the store itself and `?` cuts the key short, so only plain keys
 * may pass; in a bucket they need no encoding either.
 * @throws TypeError for any other key
 */
export function checkedKey(key: string): string {
  const isPlain = /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/.test(key)
  if (isPlain && !key.includes('..') && !key.split('/').includes('.')) return key
  throw new TypeError('not a key of this store')
}
