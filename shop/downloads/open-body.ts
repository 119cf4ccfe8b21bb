import type { App, ByteRange, StoreName } from '../app.ts'
import { FileUnavailable } from '../errors.ts'
import { waitAtMost } from '../wait-at-most.ts'
import { type ByteSource, exactStream } from './exact-stream.ts'

/** A buyer is told within 8 s; the store's client would go on trying for 25. */
const BEGIN_WITHIN_MS = 7_500
/** Longest that a file may stand still on its way. */
const GO_ON_WITHIN_MS = 8_000

type StoredFile = { store: StoreName; key: string; size_bytes: number }
type Reader = ReadableStreamDefaultReader<Uint8Array>

/**
 * Opens a stored file, or a part of it, and waits until its first bytes are there: an answer that says 200 must not turn out empty.
 * Whoever stops reading closes the store's stream too.
 * @returns null when the store does not have the file, or has nothing of it
 * @throws FileUnavailable when nothing has come within 7.5 s, or the store has failed
 */
export async function openBody(
  app: App,
  { store, key, size_bytes }: StoredFile,
  range?: ByteRange,
): Promise<ReadableStream<Uint8Array> | null> {
  const opening = app.files[store].open(key, range).then((stream) => stream?.getReader())
  const begun = await begin(app, opening)
  return begun && exactStream(sourceOf(app, begun), range ? range.last - range.first + 1 : size_bytes)
}

/**
 * Whether the store has a file of the size that it should have.
 * @throws FileUnavailable when it has not answered within 7.5 s, or has failed
 */
export async function isStored(app: App, { store, key, size_bytes }: StoredFile): Promise<boolean> {
  try {
    const looking = app.files[store].stat(key)
    const found = await waitAtMost(app, looking, { ms: BEGIN_WITHIN_MS, otherwise: tooSlow })
    return found?.size_bytes === size_bytes
  } catch (error) {
    throw new FileUnavailable({ cause: error })
  }
}

type Begun = { head: Uint8Array; reader: Reader }

async function begin(app: App, opening: Promise<Reader | undefined>): Promise<Begun | null> {
  try {
    return await waitAtMost(app, readHead(opening), { ms: BEGIN_WITHIN_MS, otherwise: tooSlow })
  } catch (error) {
    // Opening ends by itself after 8 s at most; a stream that comes even now, or stands still, is let go.
    app.later('late_file', closeOpened(opening, error))
    throw new FileUnavailable({ cause: error })
  }
}

async function readHead(opening: Promise<Reader | undefined>): Promise<Begun | null> {
  const reader = await opening
  const head = reader && (await readPiece(reader))
  return head ? { head, reader } : null
}

/** That opening or reading has failed is what led here, so nothing is to be said about it again. */
async function closeOpened(opening: Promise<Reader | undefined>, reason: unknown): Promise<void> {
  const reader = await opening.catch(() => undefined)
  await reader?.cancel(reason).catch(() => undefined)
}

function tooSlow(): never {
  throw new Error('the store has sent nothing in time')
}

/** The piece that was read already, and then the rest; a reader that stands still for too long has failed. */
function sourceOf(app: App, { head, reader }: Begun): ByteSource {
  let first: Uint8Array | undefined = head
  return {
    read: async () => {
      const piece = first
      first = undefined
      return piece ?? waitAtMost(app, readPiece(reader), { ms: GO_ON_WITHIN_MS, otherwise: tooSlow })
    },
    cancel: (reason) => reader.cancel(reason),
    fail: async (error) => {
      app.log.error('file_broke', error)
      await reader.cancel(error)
    },
  }
}

/** The next bytes, however many empty pieces come before them; undefined at the end. */
async function readPiece(reader: Reader): Promise<Uint8Array | undefined> {
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return undefined
    if (value.byteLength > 0) return value
  }
}
