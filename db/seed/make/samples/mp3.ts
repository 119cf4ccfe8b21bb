import { Mp3Encoder } from '@breezystack/lamejs'
import { type Loop, RATE } from '../sound/loop.ts'

/** Enough for quiet sounds on one channel; a player needs no more to decide. */
const KILOBITS = 64
/** What an encoder takes at once. */
const FRAME = 1152

/** An MP3 of both sides mixed to one. */
export function mp3({ left, right }: Loop): Buffer {
  const encoder = new Mp3Encoder(1, RATE, KILOBITS)
  const mixed = Int16Array.from(left, (value, index) => Math.round(((value + (right[index] ?? 0)) / 2) * 32_767))
  const parts: Buffer[] = []
  for (let start = 0; start < mixed.length; start += FRAME)
    parts.push(Buffer.from(encoder.encodeBuffer(mixed.subarray(start, start + FRAME))))
  return Buffer.concat([...parts, Buffer.from(encoder.flush())])
}
