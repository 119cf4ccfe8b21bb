/** A redirect to an absolute address; `Response.redirect` would make its headers immutable. */
export function redirect(status: 301 | 302 | 303, location: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { location: new URL(location).href, ...headers } })
}
