import { createHash } from 'node:crypto'
import type { App, ByteRange, FileStore } from '../../../shop/app.ts'
import { VendorDown } from '../../../shop/errors.ts'

/** A connection that breaks costs this much at most. */
const PIECE = 64 * 1024 * 1024
const TRIES = 4
const AFTER_FAILURE_MS = 1_000

type Stored = { store: FileStore; key: string; sizeBytes: number }
type Watch = { progress(doneBytes: number): void; signal: AbortSignal }

/** The SHA-256 of what a store hands out under a key, in hex; null when it is not as long as it should be. */
export async function readBack(app: Pick<App, 'pause'>, stored: Stored, watch: Watch): Promise<string | null> {
  let hash = createHash('sha256')
  for (let first = 0; first < stored.sizeBytes; first += PIECE) {
    const range = { first, last: Math.min(first + PIECE, stored.sizeBytes) - 1 }
    const next = await retrying(app, watch.signal, () => addPiece(hash.copy(), { ...stored, range }, watch))
    if (!next) return null
    hash = next
  }
  return hash.digest('hex')
}

type Hash = ReturnType<typeof createHash>

async function addPiece(
  hash: Hash,
  { store, key, range }: Stored & { range: ByteRange },
  { progress, signal }: Watch,
): Promise<Hash | null> {
  const stream = await store.open(key, range)
  let at = range.first
  for await (const chunk of stream ?? []) {
    signal.throwIfAborted()
    hash.update(chunk)
    at += chunk.byteLength
    progress(at)
  }
  return at === range.last + 1 ? hash : null
}

/** A store that falters, and a connection that breaks in the middle of a piece, are given another chance. */
async function retrying<Result>(
  app: Pick<App, 'pause'>,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      signal.throwIfAborted()
      return await work()
    } catch (error) {
      const isPassing = error instanceof VendorDown || error instanceof TypeError
      if (!isPassing || attempt === TRIES) throw error
      await app.pause(AFTER_FAILURE_MS * attempt, signal)
    }
  }
}
