import type { App } from '../app.ts'
import { PART_BYTES } from './upload-parts.ts'

/** Whoever leaves for a weekend finds the upload where it was. */
const KEPT_MS = 3 * 24 * 60 * 60_000

/** Says which parts of a file are there already, so that only the others are sent. Uploads that nobody went on with are cleared away. */
export async function startUpload(app: App, sha256: string): Promise<{ parts: number[]; part_bytes: number }> {
  await app.uploads.sweep(new Date(app.now().getTime() - KEPT_MS))
  return { parts: await app.uploads.begin(sha256, app.now()), part_bytes: PART_BYTES }
}
