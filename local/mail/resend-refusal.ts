import type { ErrorResponse } from 'resend'

type Refusal = { statusCode: 400 | 401 | 403 | 404 | 409 | 422 | 429 | 500; name: ErrorResponse['name'] }

/** An answer other than 200, in the shape of https://resend.com/docs/api-reference/errors. */
export class ResendRefusal extends Error {
  override name = 'ResendRefusal' as const
  readonly status: Refusal['statusCode']
  readonly body: ErrorResponse

  constructor(refusal: Refusal, message: string) {
    super(message)
    this.status = refusal.statusCode
    this.body = { ...refusal, message }
  }
}

/** A request that cannot be read at all. */
export function malformed(message: string): ResendRefusal {
  return new ResendRefusal({ statusCode: 400, name: 'validation_error' }, message)
}

/** A field that is there and wrong. */
export function invalid(message: string): ResendRefusal {
  return new ResendRefusal({ statusCode: 422, name: 'validation_error' }, message)
}

/** A field that is not there. */
export function missing(field: string): ResendRefusal {
  return new ResendRefusal({ statusCode: 422, name: 'missing_required_field' }, `Missing \`${field}\` field.`)
}
