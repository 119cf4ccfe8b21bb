import { createHash } from 'node:crypto'

/** Whether these bytes are those that were promised. */
export function isWhole(bytes: Uint8Array, promised: { sha256: string; size_bytes: number }): boolean {
  if (bytes.byteLength !== promised.size_bytes) return false
  return createHash('sha256').update(bytes).digest('hex') === promised.sha256
}
