import type { App, ByteRange, StoreName } from '../app.ts'
import { FileUnavailable } from '../errors.ts'
import { waitAtMost } from '../wait-at-most.ts'
import { type ByteSource, exactStream } from './exact-stream.ts'

/** A buyer is told within 8 s; the store's client would go on trying for 25. */
const BEGIN_WITHIN_MS = 7_500
/** Longest that a file may stand still on its way. */
const GO_ON_WITHIN_MS = 8_000

type StoredFile = { store: StoreName; key: string }

/**
 * Opens bytes of a stored file, and waits until the first of them are there: an answer that says 200 must not turn out empty. Whoever
 * stops reading closes the store's stream too.
 * @returns null when the store does not have the file, or has nothing of it
 * @throws FileUnavailable when nothing has come within 7.5 s
 */
export async function openBody(
  app: App,
  { store, key }: StoredFile,
  range: ByteRange,
): Promise<ReadableStream<Uint8Array> | null> {
  const opening = beginReading(() => app.files[store].open(key, range))
  const begun = await waitAtMost<Begun | null | 'late'>(app, opening, { ms: BEGIN_WITHIN_MS, otherwise: () => 'late' })
  if (begun === 'late') {
    app.later('late_file', closeWhenOpen(opening))
    throw new FileUnavailable({ cause: new Error(`nothing from ${store} within ${BEGIN_WITHIN_MS} ms`) })
  }
  if (!begun) return null
  return exactStream(sourceOf(app, begun), range.last - range.first + 1)
}

type Begun = { head: Uint8Array; reader: ReadableStreamDefaultReader<Uint8Array> }

async function beginReading(open: () => Promise<ReadableStream<Uint8Array> | null>): Promise<Begun | null> {
  const reader = (await open())?.getReader()
  const head = reader && (await readPiece(reader))
  return head ? { head, reader } : null
}

async function closeWhenOpen(opening: Promise<Begun | null>): Promise<void> {
  await (await opening)?.reader.cancel()
}

/** The piece that was read already, and then the rest; a reader that stands still for too long has failed. */
function sourceOf(app: App, { head, reader }: Begun): ByteSource {
  let first: Uint8Array | undefined = head
  const tooSlow = (): never => {
    throw new Error(`the store has sent nothing for ${GO_ON_WITHIN_MS} ms`)
  }
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
async function readPiece(reader: Begun['reader']): Promise<Uint8Array | undefined> {
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return undefined
    if (value.byteLength > 0) return value
  }
}
