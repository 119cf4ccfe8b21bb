/**
 * The same answer with its body in memory, and the body's size in bytes. The streams of Netlify's emulators throw outside of any handler when a visitor
 * leaves at the moment in which they end, and that would end the whole process.
 */
export async function wholeAnswer({ status, headers, body }: Response): Promise<{ response: Response; size: number }> {
  const bytes = body ? await new Response(body).arrayBuffer() : new ArrayBuffer(0)
  const size = bytes.byteLength
  return { response: new Response(size > 0 ? bytes : null, { status, headers }), size }
}
