/** A refusal in S3's words. */
export class S3Error extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** The answer that S3 gives for a failure: XML with its code, and for HEAD the status alone. */
export function errorAnswer({ status, code, message }: Pick<S3Error, 'status' | 'code' | 'message'>, method?: string) {
  if (method === 'HEAD') return new Response(null, { status })
  return xmlAnswer('Error', `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`, status)
}

/** A document of S3's with this root. */
export function xmlAnswer(root: string, inner: string, status = 200): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${inner}</${root}>`
  return new Response(body, { status, headers: { 'content-type': 'application/xml' } })
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
