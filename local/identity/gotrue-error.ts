type Status = 400 | 401 | 404 | 422 | 429

/** An answer other than 2xx, as GoTrue words it: `{code, msg}`, or OAuth's `{error, error_description}`. */
export class GoTrueError extends Error {
  override name = 'GoTrueError' as const
  readonly status: Status
  readonly body: Record<string, unknown>

  constructor(status: Status, body: Record<string, unknown>) {
    super(JSON.stringify(body))
    this.status = status
    this.body = body
  }
}

export function refusal(code: Status, msg: string): GoTrueError {
  return new GoTrueError(code, { code, msg })
}

export function oauthRefusal(error: string, description: string): GoTrueError {
  return new GoTrueError(400, description ? { error, error_description: description } : { error })
}
