import { z } from 'zod'

/** What Neon itself accepts in one request. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024

const Query = z.object({
  // Postgres' protocol ends a text at a NUL, so it would run the part before it.
  query: z.string().refine((text) => !text.includes('\0')),
  params: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).default([]),
})
const Payload = z.union([z.object({ queries: z.array(Query) }), Query])

export type SqlQuery = z.infer<typeof Query>
export type SqlPayload = z.infer<typeof Payload>

/** A request that is refused before Postgres sees it. */
export class PayloadRefused extends Error {
  readonly status: 400 | 413
  constructor(message: string, status: 400 | 413) {
    super(message)
    this.status = status
  }
}

/** Reads the body of a `/sql` request: one query, or a batch of them. Throws PayloadRefused. */
export function parsePayload(body: string): SqlPayload {
  if (Buffer.byteLength(body) > MAX_REQUEST_BYTES) {
    throw new PayloadRefused(`request is too large (max is ${MAX_REQUEST_BYTES} bytes)`, 413)
  }
  const parsed = Payload.safeParse(parseJson(body))
  if (!parsed.success)
    throw new PayloadRefused('could not parse the HTTP request body: expected a query or queries', 400)
  return parsed.data
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body, refuseHalves)
  } catch (error) {
    throw new PayloadRefused(`could not parse the HTTP request body: ${(error as Error).message}`, 400)
  }
}

/** Neon's proxy reads JSON by serde_json, which takes no half of a surrogate pair. */
function refuseHalves(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.isWellFormed()) return value
  throw new SyntaxError('lone leading surrogate in hex escape')
}
