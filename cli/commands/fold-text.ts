const WIDTH = 80

/** A help text for a terminal of 80 columns: paragraphs are filled anew, a list's lines go on below their explanation. */
export function foldText(text: string): string {
  const lines = text.replace(/(?<=\S)\n(?=\S)/g, ' ').split('\n')
  return lines.map((line) => foldLine(line, /^ .*? {2,}(?=\S)/.exec(line)?.[0].length ?? 0)).join('\n')
}

/** `indent` is where the lines after the first begin. A word longer than a line stands on one of its own. */
function foldLine(line: string, indent: number): string {
  if (line.length <= WIDTH) return line
  const end = line.lastIndexOf(' ', WIDTH)
  const cut = end > indent ? end : line.indexOf(' ', WIDTH)
  if (cut === -1) return line
  return `${line.slice(0, cut)}\n${foldLine(`${' '.repeat(indent)}${line.slice(cut + 1)}`, indent)}`
}
