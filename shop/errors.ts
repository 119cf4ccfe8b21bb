/** Base of every failure that Till expects; `message` is safe to show, `cause` is for the log. */
export abstract class ShopError extends Error {
  abstract readonly code: string
  abstract readonly status: number
  /** Seconds after which another try makes sense, for the `Retry-After` header. */
  readonly retryAfter: number | undefined

  constructor(message: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(message, { cause: options.cause })
    this.retryAfter = options.retryAfter
  }
}

export class InvalidInput extends ShopError {
  override name = 'InvalidInput' as const
  readonly code: string = 'invalid_input'
  readonly status: number = 400
}

/** A delivery whose signature is forged, stale or from the future, or was made with a secret that we do not have. */
export class SignatureRejected extends InvalidInput {
  override readonly code = 'signature_rejected'
}

export class PayloadTooLarge extends ShopError {
  override name = 'PayloadTooLarge' as const
  readonly code = 'payload_too_large'
  readonly status = 413
}

export class UnsupportedMedia extends ShopError {
  override name = 'UnsupportedMedia' as const
  readonly code = 'unsupported_media_type'
  readonly status = 415
}

export class Unauthenticated extends ShopError {
  override name = 'Unauthenticated' as const
  readonly code = 'unauthenticated'
  readonly status = 401
}

export class Forbidden extends ShopError {
  override name = 'Forbidden' as const
  readonly code: string = 'forbidden'
  readonly status = 403
}

/** A bought item was downloaded as often as the seller allows. */
export class DownloadsUsedUp extends Forbidden {
  override readonly code = 'downloads_used_up'
}

/** Also what somebody gets who asks for a thing that is not theirs. */
export class NotFound extends ShopError {
  override name = 'NotFound' as const
  readonly code: string = 'not_found'
  readonly status = 404
}

/** A file that was sold, and is handed out no more. */
export class FileWithdrawn extends NotFound {
  override readonly code = 'file_withdrawn'
}

export class Gone extends ShopError {
  override name = 'Gone' as const
  readonly code: string = 'gone'
  readonly status = 410
}

/** A link that expired so long ago that no fresh one can be asked for with it. */
export class LinkOutdated extends Gone {
  override readonly code = 'link_outdated'
}

/** A link of ours that was good once; a fresh one is to be had. */
export class LinkExpired extends ShopError {
  override name = 'LinkExpired' as const
  readonly code = 'link_expired'
  readonly status = 410
  /** The expired token itself, with which a fresh link can be asked for. */
  readonly token: string

  constructor(message: string, options: { token: string; cause?: unknown }) {
    super(message, options)
    this.token = options.token
  }
}

/** Too often in too short a time; `retryAfter` says when it is fine again. */
export class TooManyRequests extends ShopError {
  override name = 'TooManyRequests' as const
  readonly code: string = 'too_many_requests'
  readonly status = 429
}

/** A network has opened more payment pages than a buyer does. */
export class TooManyCheckouts extends TooManyRequests {
  override readonly code = 'too_many_checkouts'
}

/** A bought item was downloaded more often within a day than one buyer does. */
export class TooManyDownloads extends TooManyRequests {
  override readonly code = 'too_many_downloads'
}

/** A refusal that a page tells from others by its `state`, such as an address that is not confirmed. */
export class Refused extends ShopError {
  override name = 'Refused' as const
  readonly code = 'refused'
  readonly status: 403 | 409 | 410
  readonly state: string

  constructor(state: string, status: Refused['status'], message: string) {
    super(message)
    this.state = state
    this.status = status
  }
}

/** The vendor understood us and said no; trying the same again cannot help. */
export class VendorRefused extends ShopError {
  override name = 'VendorRefused' as const
  readonly code: string = 'vendor_refused'
  readonly status = 502
  readonly vendor: string
  /** Whether it is our key that is refused, which a person must mend. */
  readonly isAboutKey: boolean

  constructor(vendor: string, message: string, options: { cause?: unknown; isAboutKey?: boolean } = {}) {
    super(message, options)
    this.vendor = vendor
    this.isAboutKey = options.isAboutKey ?? false
  }
}

/** The vendor is down, slow or asks us to wait: nothing is known to be wrong with the request. */
export class VendorDown extends ShopError {
  override name = 'VendorDown' as const
  readonly code: string = 'vendor_down'
  readonly status = 503
  readonly vendor: string

  constructor(vendor: string, message: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(message, { retryAfter: 30, ...options })
    this.vendor = vendor
  }
}

/** A bought file that its store has lost, or does not hand out right now. */
export class FileUnavailable extends VendorDown {
  override readonly code = 'file_unavailable'

  constructor(options: { cause: unknown }) {
    super('storage', 'The file cannot be fetched right now.', options)
  }
}

/** A variable or a field of the configuration is missing or malformed; the message names it and the remedy, never its value. */
export class Misconfigured extends ShopError {
  override name = 'Misconfigured' as const
  readonly code = 'misconfigured'
  readonly status = 503
}

/** A job that no repeat can help: it becomes a dead letter at once. */
export class JobFailed extends ShopError {
  override name = 'JobFailed' as const
  readonly code = 'job_failed'
  readonly status = 500
}

/** A job whose time has not come; it is tried again after `retryAfter` seconds, as if this attempt had not been. */
export class JobDeferred extends ShopError {
  override name = 'JobDeferred' as const
  readonly code = 'job_deferred'
  readonly status = 503
}
