import type { ByteRange } from '../shop/app.ts'

/**
 * The bytes `first` to `last` of a stream, both included, for a store that cannot hand out parts: what lies before is read and
 * dropped, what lies after is never asked for, and nothing is kept.
 */
export function sliceStream(
  source: ReadableStream<Uint8Array>,
  { first, last }: ByteRange,
): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  let position = 0
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const part = await nextPart()
        if (part) controller.enqueue(part)
        if (part && position <= last) return
        controller.close()
        await reader.cancel()
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )

  /** The wanted bytes of the next piece that has any; undefined when the source has come to its end. */
  async function nextPart(): Promise<Uint8Array | undefined> {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return undefined
      const part = value.subarray(Math.max(0, first - position), Math.max(0, last + 1 - position))
      position += value.byteLength
      if (part.byteLength > 0) return part
    }
  }
}
