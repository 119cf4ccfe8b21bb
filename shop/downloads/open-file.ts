import { findSoldFile, type SoldFile } from '../../db/downloads.ts'
import type { App } from '../app.ts'
import { FileUnavailable, FileWithdrawn, Forbidden, NotFound } from '../errors.ts'
import { alertLater } from './alert-later.ts'
import { chooseAnswer, type FileAnswer, type FileRequest } from './file-answer.ts'
import { isStored, openBody } from './open-body.ts'
import { redeemGrant } from './redeem-grant.ts'

/** Where a buyer gets a file: at the bucket's own address, or here. `body` is null where the headers say it all. */
export type OpenedFile =
  | { url: string }
  | {
      answer: FileAnswer
      file: Pick<SoldFile, 'filename' | 'size_bytes' | 'sha256'>
      body: ReadableStream<Uint8Array> | null
    }

type Grant = Awaited<ReturnType<App['tokens']['verifyDownload']>>
type Delivery = { url: string } | { body: ReadableStream<Uint8Array> }

/**
 * Opens the file behind a download link. The entitlements are asked now, whatever was true when the link was minted. A link counts once,
 * when bytes are first handed out for it, so pauses, repeats and a store that failed cost a buyer nothing.
 * @throws Unauthenticated, LinkExpired for the token; FileWithdrawn; Forbidden when the order no longer grants the file; DownloadsUsedUp,
 * TooManyDownloads by the seller's limits; FileUnavailable when the store has lost it or does not answer
 */
export async function openFile(app: App, token: string, asked: FileRequest): Promise<OpenedFile> {
  const grant = await app.tokens.verifyDownload(token)
  const file = await findSoldFile(app.db, grant, app.shop.downloads)
  if (!file) throw new NotFound('There is no such file.')
  if (file.is_retired) throw new FileWithdrawn('This file has been withdrawn.')
  if (!file.is_entitled) throw new Forbidden('The order no longer gives access to this file.')
  const answer = chooseAnswer(asked, file)
  if (asked.isHead || (answer.status !== 200 && answer.status !== 206)) return { answer, file, body: null }
  const delivery = await prepare(app, { ...file, ...grant }, answer)
  try {
    await redeemGrant(app, grant)
  } catch (error) {
    // What is not handed out after all must be let go, or its connection to the store stays open behind the failure.
    if ('body' in delivery) await delivery.body.cancel(error)
    throw error
  }
  return 'url' in delivery ? delivery : { answer, file, body: delivery.body }
}

type Wanted = { status: 200 } | { status: 206; range: { first: number; last: number } }

async function prepare(app: App, file: SoldFile & Grant, answer: Wanted): Promise<Delivery> {
  const { store, key, filename } = file
  const url = await app.files[store].link(key, { filename, seconds: app.shop.downloads.s3LinkMinutes * 60 })
  // A bucket that has lost the file would show the buyer a page of its own, and nobody would know.
  if (url && (await isStored(app, file))) return { url }
  const body = url ? null : await openBody(app, file, answer.status === 206 ? answer.range : undefined)
  if (body) return { body }
  alertLater(app, { kind: 'seller_missing_file', about: file.fileId, payload: { file_id: file.fileId } })
  throw new FileUnavailable({ cause: new Error(`${store} does not have what was stored under ${key}`) })
}
