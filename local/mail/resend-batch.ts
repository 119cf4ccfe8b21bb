import type { CreateBatchSuccessResponse } from 'resend'
import type { MailContent } from './mail.ts'
import { parseMail } from './parse-mail.ts'
import { invalid, ResendRefusal } from './resend-refusal.ts'

const MAX_BATCH = 100

type Permissive = CreateBatchSuccessResponse<{ batchValidation: 'permissive' }>
type Batch = { contents: MailContent[]; errors: Permissive['errors'] }

/**
 * Reads the body of `POST /emails/batch`: at most 100 mails, without attachments.
 * @throws {ResendRefusal} the first mail's error; when permissive, errors are listed by index and the rest goes out.
 */
export function parseBatch(body: unknown, isPermissive: boolean): Batch {
  if (!Array.isArray(body) || body.length === 0 || body.length > MAX_BATCH) {
    throw invalid(`The batch must be an array of 1 to ${MAX_BATCH} emails.`)
  }
  const batch: Batch = { contents: [], errors: [] }
  body.forEach((entry, index) => {
    try {
      batch.contents.push(parseEntry(entry))
    } catch (error) {
      if (!isPermissive || !(error instanceof ResendRefusal)) throw error
      batch.errors.push({ index, message: error.message })
    }
  })
  return batch
}

function parseEntry(entry: unknown): MailContent {
  const content = parseMail(entry)
  if (content.attachments.length > 0) throw invalid('The `attachments` field is not supported in batch.')
  return content
}
