import { createHash } from 'node:crypto'
import type { FileSource, UploadRun } from '../shop/app.ts'
import { readPiece } from './read-piece.ts'
import { type PatientAsk, type StoredPart, sendPart } from './s3-multipart.ts'
import { partsOf, type UploadState } from './s3-upload-state.ts'

/** So many parts are on their way at once, and in memory. */
const LANES = 3

type Job = { ask: PatientAsk; state: UploadState; source: FileSource; run: UploadRun }

/**
 * Sends the parts that the bucket does not have, and gives the etags of all. A part counts as there when its size is right and its etag
 * is the MD5 of our bytes; one whose etag is something else is sent again.
 */
export async function sendParts(job: Job, stored: Map<number, StoredPart>): Promise<Map<number, string>> {
  const { state, run } = job
  const etags = await recognise(job, stored)
  const ranges = partsOf(state)
  const sizeOf = (number: number) => 1 + (ranges.get(number)?.last ?? 0) - (ranges.get(number)?.first ?? 0)
  let done = [...etags.keys()].reduce((sum, number) => sum + sizeOf(number), 0)
  run.progress(done)
  const missing = [...ranges].filter(([number]) => !etags.has(number))
  await inLanes(missing, run.signal, async ([number, range], signal) => {
    const body = await readPiece(job.source, range)
    etags.set(number, await sendPart(job.ask, state, { number, body, signal }))
    done += body.byteLength
    run.progress(done)
  })
  return etags
}

async function recognise({ state, source, run }: Job, stored: Map<number, StoredPart>): Promise<Map<number, string>> {
  const etags = new Map<number, string>()
  for (const [number, range] of partsOf(state)) {
    const part = stored.get(number)
    if (part?.size !== range.last - range.first + 1) continue
    run.signal.throwIfAborted()
    const md5 = createHash('md5')
      .update(await readPiece(source, range))
      .digest('hex')
    if (part.etag.replaceAll('"', '') === md5) etags.set(number, part.etag)
  }
  return etags
}

type Work<Item> = (item: Item, signal: AbortSignal) => Promise<void>

/** Works on several items at once. The first failure stops the others, and is thrown when they have ended. */
async function inLanes<Item>(items: Item[], outer: AbortSignal, work: Work<Item>): Promise<void> {
  const failed = new AbortController()
  const signal = AbortSignal.any([outer, failed.signal])
  const queue = items.values()
  const lane = async () => {
    for (const item of queue) {
      signal.throwIfAborted()
      await work(item, signal)
    }
  }
  const lanes = Array.from({ length: LANES }, () => lane().catch((error: unknown) => failed.abort(error)))
  await Promise.all(lanes)
  failed.signal.throwIfAborted()
}
