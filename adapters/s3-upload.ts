import type { FileSource, UploadRun } from '../shop/app.ts'
import { InvalidInput, VendorRefused } from '../shop/errors.ts'
import { readWhole } from './read-piece.ts'
import { type Patience, retryWhileDown } from './retry-while-down.ts'
import type { S3Client } from './s3-client.ts'
import { expectSuccess, UploadVanished } from './s3-errors.ts'
import { beginUpload, completeUpload, LONGEST_MS, listParts, type PatientAsk, type StoredPart } from './s3-multipart.ts'
import type { S3Place } from './s3-place.ts'
import { sendParts } from './s3-send-parts.ts'
import { statFile } from './s3-stat.ts'
import { PART_BYTES, planUpload, readBookmark, type UploadState } from './s3-upload-state.ts'

const TRIES = 6

export type UploadMeans = { client: S3Client; place: S3Place; pause: Patience['pause'] }
export type Upload = { key: string; source: FileSource; run: UploadRun; maxBytes: number }
type Patient = UploadMeans & { ask: PatientAsk }

/** Stores a file: a small one by one request, a large one in parts that a later run can go on from. */
export async function uploadFile(means: UploadMeans, upload: Upload): Promise<void> {
  const { source, run, maxBytes } = upload
  const { signal } = run
  if (source.sizeBytes > maxBytes)
    throw new InvalidInput(`A bucket takes ${maxBytes} bytes at most, not ${source.sizeBytes}.`)
  signal.throwIfAborted()
  const { client, pause } = means
  const ask: PatientAsk = (request, permission) =>
    retryWhileDown({ tries: TRIES, pause, signal: request.signal ?? signal }, async () =>
      expectSuccess(await client.ask({ signal, ...request }), permission),
    )
  const isSmall = source.sizeBytes <= PART_BYTES
  await (isSmall ? uploadWhole({ ...means, ask }, upload) : uploadInParts({ ...means, ask }, upload))
  run.progress(source.sizeBytes)
}

async function uploadWhole({ ask }: Patient, { key, source }: Upload): Promise<void> {
  const body = await readWhole(source)
  await ask({ method: 'PUT', key, body, ms: LONGEST_MS, ...described(source) }, 's3:PutObject')
}

async function uploadInParts(means: Patient, upload: Upload): Promise<void> {
  const { source, run } = upload
  const { ask } = means
  const { state, stored } = await resume(means, upload)
  try {
    if (state) await completeUpload(ask, state, await sendParts({ ask, state, source, run }, stored))
  } catch (error) {
    const isDone = error instanceof UploadVanished && (await isStored(means, upload))
    // What the bucket refuses now it would refuse again: the next run begins anew.
    if (error instanceof VendorRefused) await run.bookmark.clear()
    if (!isDone) throw error
  }
  await run.bookmark.clear()
}

type Resumed = { state: UploadState | null; stored: Map<number, StoredPart> }

/** The upload that the bookmark notes, or a new one; no state when the file is already there. */
async function resume(means: Patient, upload: Upload): Promise<Resumed> {
  const { key, source, run } = upload
  const plan = planUpload({ place: means.place, key, source })
  const noted = readBookmark(await run.bookmark.load(), plan)
  const stored = noted && (await listUnlessVanished(means.ask, noted))
  if (noted && stored) return { state: noted, stored }
  if (noted && (await isStored(means, upload))) return { state: null, stored: new Map() }
  const state = { ...plan, upload_id: await beginUpload(means.ask, { key, ...described(source) }) }
  await run.bookmark.save(JSON.stringify(state))
  return { state, stored: new Map() }
}

async function listUnlessVanished(ask: PatientAsk, noted: UploadState): Promise<Map<number, StoredPart> | null> {
  try {
    return await listParts(ask, noted)
  } catch (error) {
    if (error instanceof UploadVanished) return null
    throw error
  }
}

/** An upload is unknown after its end as well: the answer to the last request may have been lost, or its process killed. */
async function isStored({ client }: Patient, { key, source }: Upload): Promise<boolean> {
  const found = await statFile(client, key)
  return found?.size_bytes === source.sizeBytes && found.sha256 === source.sha256
}

/** What is written down next to a file. */
function described({ sha256, contentType }: FileSource) {
  return { amz: { 'x-amz-meta-sha256': sha256 }, headers: { 'content-type': contentType } }
}
