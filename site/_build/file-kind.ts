/** What people call a file of this name: `Field notes.pdf` is a PDF. */
export function fileKind(filename: string): string {
  const dot = filename.lastIndexOf('.')
  return dot > 0 ? filename.slice(dot + 1).toUpperCase() : ''
}
