/**
 * `Content-Disposition` for a download (RFC 6266): an ASCII name for old programs, the real one percent-encoded (RFC 8187). A header
 * with a character above U+00FF, or a quote inside the name, would break the answer or rename the file.
 */
export function contentDisposition(filename: string): string {
  // Not NFKD, under which one letter becomes up to 18 and the header longer than a bucket's service takes.
  const ascii = filename.normalize('NFD').replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
