import { createHmac } from 'node:crypto'
import type { Seal } from '../shop/app.ts'

/** Keyed hashes under the secrets that also sign links; the purpose is part of what is hashed, so no seal can stand for another. */
export function createSeal(secrets: () => string[]): Seal {
  return (purpose, text) =>
    secrets().map((secret) => createHmac('sha256', secret).update(`till-${purpose}.${text}`).digest('hex'))
}
