type Named = { slug: string; slot: string; version: number; filename: string }

/** `book.pdf (book, version 2)`: a version of a file as the command line speaks of it. */
export function nameFile({ filename, slug, slot, version }: Named): string {
  return `${filename} (${slug}${slot === 'main' ? '' : `, slot ${slot}`}, version ${version})`
}
