type Detail = { code?: string; param?: string; type?: string; status?: number }

/** A refusal in Stripe's shape; the API answers it as `{error: {type, code, message, param}}` with `status`. */
export class StripeError extends Error {
  override name = 'StripeError' as const
  readonly status: number
  readonly body: { type: string; message: string; code?: string; param?: string }

  constructor(message: string, detail: Detail = {}) {
    super(message)
    const { status = 400, type = 'invalid_request_error', ...rest } = detail
    this.status = status
    this.body = { type, message, ...rest }
  }
}

/** 400 `parameter_missing`, in Stripe's words. */
export function missingParam(param: string): StripeError {
  return new StripeError(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
}

/** 404 `resource_missing`; a missing thing that a parameter names is a 400, as in Stripe's own answers. */
export function noSuch(kind: string, id: string, at: { param: string; status?: 400 | 404 }): StripeError {
  const { param, status = 404 } = at
  return new StripeError(`No such ${kind}: '${id}'`, { code: 'resource_missing', param, status })
}
