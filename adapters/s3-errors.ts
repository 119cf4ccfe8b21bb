import { Misconfigured, type ShopError, VendorDown, VendorRefused } from '../shop/errors.ts'
import type { S3Answer } from './s3-client.ts'
import { elementsIn, textIn } from './s3-xml.ts'

const WRONG_PLACE = 'FILES_S3_ENDPOINT or FILES_S3_REGION is not that of the bucket FILES_S3_BUCKET.'

/** What the owner of the shop can mend, by S3's codes. */
const REMEDIES: Record<string, string> = {
  InvalidAccessKeyId: 'The service does not know the key FILES_S3_ACCESS_KEY_ID.',
  SignatureDoesNotMatch: 'FILES_S3_SECRET_ACCESS_KEY is not the secret of the key FILES_S3_ACCESS_KEY_ID.',
  RequestTimeTooSkewed: "The clock of this machine is wrong: the service's own differs by more than 15 minutes.",
  NoSuchBucket: 'There is no bucket FILES_S3_BUCKET at FILES_S3_ENDPOINT.',
  InvalidBucketName: 'FILES_S3_BUCKET is no name of a bucket, or FILES_S3_STYLE is not that of the service.',
  PermanentRedirect: WRONG_PLACE,
  TemporaryRedirect: WRONG_PLACE,
  AuthorizationHeaderMalformed: WRONG_PLACE,
  InvalidRegionName: WRONG_PLACE,
}

/** Answers after which the same request may well succeed: the service is busy, or the bytes were damaged or lost on the way. */
const PASSING = new Set([
  'BadDigest',
  'IncompleteBody',
  'InternalError',
  'OperationAborted',
  'RequestTimeout',
  'ServiceUnavailable',
  'SlowDown',
  'XAmzContentSHA256Mismatch',
])

/** The bucket does not know an upload any more: it is complete, it was aborted, or a rule of the bucket has cleared it away. */
export class UploadVanished extends VendorRefused {}

/** The code of an answer that reports a failure, such as `NoSuchUpload`; a body may do so under the status 200 as well. */
export function codeOf({ text }: Pick<S3Answer, 'text'>): string | undefined {
  const [error] = elementsIn(text, 'Error')
  return error === undefined ? undefined : textIn(error, 'Code')
}

/** The answer to a request that needs `permission`. @throws ShopError when it is not a success, in words that say what to do */
export function expectSuccess(answer: S3Answer, permission: string): S3Answer {
  if (answer.status >= 200 && answer.status < 300 && codeOf(answer) === undefined) return answer
  throw failureOf(answer, permission)
}

/** What a failed answer means: VendorDown for what passes, Misconfigured for what the owner can mend, else VendorRefused. */
export function failureOf(answer: Pick<S3Answer, 'status' | 'text'>, permission: string): ShopError {
  const { status, text } = answer
  const code = codeOf(answer) ?? ''
  const said = textIn(text, 'Message')?.slice(0, 200) ?? ''
  const cause = new Error(`the bucket answered ${[status, code, said].filter(Boolean).join(' ')}`)
  const passes = status >= 500 || status === 429 || status === 408 || PASSING.has(code)
  if (passes) return new VendorDown('storage', 'The file store does not answer.', { cause })
  if (code === 'NoSuchUpload')
    return new UploadVanished('storage', 'The bucket has forgotten this upload. Push the file again.', { cause })
  const remedy = REMEDIES[code] ?? (status >= 300 && status < 400 ? WRONG_PLACE : undefined)
  if (remedy) return new Misconfigured(remedy, { cause })
  if (status === 401 || status === 403) return new Misconfigured(lacking(permission), { cause })
  return new VendorRefused('storage', 'The file store refuses this.', { cause })
}

function lacking(permission: string): string {
  return `The key FILES_S3_ACCESS_KEY_ID may not do this with the bucket FILES_S3_BUCKET; it needs ${permission}.`
}
