import { findSoldFile, recordDownload } from '../../db/downloads.ts'
import type { App } from '../app.ts'
import { Forbidden, NotFound, VendorDown } from '../errors.ts'

/** A file on its way to a buyer; `body` is null when only the headers were asked for. */
export type OpenedFile = {
  filename: string
  size_bytes: number
  sha256: string
  body: ReadableStream<Uint8Array> | null
}

type Grant = Awaited<ReturnType<App['tokens']['verifyDownload']>>

/**
 * Opens the file behind a download link. The entitlements view is asked now, whatever was true when the link was minted; a followed
 * link counts once.
 * @throws Unauthenticated, LinkExpired for the token; NotFound when the file was withdrawn; Forbidden when the order no longer grants
 * it; VendorDown when the store has lost it or does not answer
 */
export async function openFile(
  app: App,
  token: string,
  { headersOnly }: { headersOnly: boolean },
): Promise<OpenedFile> {
  const grant = await app.tokens.verifyDownload(token)
  const file = await findSoldFile(app.db, grant)
  if (!file || file.is_retired) throw new NotFound('This file has been withdrawn.')
  if (!file.is_entitled) throw new Forbidden('The order no longer gives access to this file.')
  const { filename, size_bytes, sha256, store, key } = file
  if (headersOnly) return { filename, size_bytes, sha256, body: null }
  const body = await app.files[store].open(key)
  if (!body)
    throw new VendorDown('storage', 'The file is missing from the store.', { cause: new Error(`no file under ${key}`) })
  await countDownload(app, grant, body)
  return { filename, size_bytes, sha256, body }
}

/** A file that is not handed out after all must be let go, or its connection to the store stays open behind the failure. */
async function countDownload(app: App, grant: Grant, body: ReadableStream): Promise<void> {
  try {
    await recordDownload(app.db, grant)
  } catch (error) {
    await body.cancel(error)
    throw error
  }
}
