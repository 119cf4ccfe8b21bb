/** Where the bytes come from. */
export type ByteSource = {
  /** The next piece, or undefined at the end. */
  read(): Promise<Uint8Array | undefined>
  /** Nobody reads any more. */
  cancel(reason: unknown): Promise<void>
  /** The source has failed, or does not have the bytes that it should have. */
  fail(error: unknown): Promise<void>
}

/**
 * A stream of exactly `size` bytes, read from the source no faster than somebody takes them. A source that ends early or goes on too long
 * breaks the stream, and with it the connection: what a reader gets whole must be the file. The last piece waits for the source's end,
 * since after it the reader would take the file for complete.
 */
export function exactStream(source: ByteSource, size: number): ReadableStream<Uint8Array> {
  let left = size
  let isLeft = false
  async function next(): Promise<Uint8Array> {
    const piece = await source.read()
    if (!piece) throw new Error(`the file ended ${left} bytes early`)
    left -= piece.byteLength
    if (left < 0 || (left === 0 && (await source.read()))) throw new Error('the file is longer than it should be')
    return piece
  }
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          controller.enqueue(await next())
          if (left === 0) controller.close()
        } catch (error) {
          // A source that was let go has come to its end too early, of course.
          if (isLeft) return
          controller.error(error)
          await source.fail(error)
        }
      },
      cancel: (reason) => {
        isLeft = true
        return source.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
