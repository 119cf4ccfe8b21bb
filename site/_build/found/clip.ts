/** A text of at most `max` characters, cut between words where it can be, and with an ellipsis where it was. */
export function clip(text: string, max: number): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  const letters = [...plain]
  if (letters.length <= max) return plain
  const cut = letters.slice(0, max - 1).join('')
  const space = cut.lastIndexOf(' ')
  return `${(space > max / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.–-]+$/u, '')}…`
}
