/** The types whose body Netlify's emulator takes as text; any other body it decodes from base64 (@netlify/dev-utils). */
const TEXTUAL =
  /^(text\/.*|.*\+(json|xml)|application\/(csp-report|graphql|json|javascript|x-www-form-urlencoded|x-ndjson|xml))$/

/**
 * A visitor's request as Netlify hands it to a function: the address is the socket's, the platform's own headers are never the
 * visitor's, and bytes are written so that they reach the function as they were sent.
 */
export async function toFunctionRequest(request: Request, clientAddress: string): Promise<Request> {
  const headers = new Headers(request.headers)
  for (const name of [...headers.keys()]) if (name.startsWith('x-nf-')) headers.delete(name)
  headers.set('x-forwarded-for', clientAddress)
  headers.set('x-nf-request-id', crypto.randomUUID())
  if (!request.body) return new Request(request.url, { method: request.method, headers })
  const bytes = Buffer.from(await request.arrayBuffer())
  const body = isTextual(headers.get('content-type')) ? bytes : bytes.toString('base64')
  // Without a type of its own, the new request would take that of a text.
  const copy = new Request(request.url, { method: request.method, headers, body })
  if (!headers.has('content-type')) copy.headers.delete('content-type')
  return copy
}

function isTextual(contentType: string | null): boolean {
  return TEXTUAL.test((contentType ?? '').split(';')[0]?.toLowerCase() ?? '')
}
