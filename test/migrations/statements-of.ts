/**
 * The statements in a file of db/, as they reach the database: each template that is tagged with `db`, its values as $1, $2 …
 * @throws Error when a template does not end
 */
export function statementsOf(source: string): string[] {
  return Array.from(source.matchAll(/\bdb(?:<[^`]*?>)?`/g), ({ index, 0: tag }) =>
    readTemplate(source, index + tag.length),
  )
}

function readTemplate(source: string, start: number): string {
  let text = ''
  let values = 0
  for (let at = start; at < source.length; at++) {
    if (source[at] === '`') return text
    if (source[at] === '\\') text += source[++at] ?? ''
    else if (source.startsWith('${', at)) {
      at = endOfValue(source, at + 2)
      text += `$${++values}`
    } else text += source[at]
  }
  throw new Error('a template does not end')
}

/** Where the brace stands that closes a value, which may hold braces and templates of its own. */
function endOfValue(source: string, start: number): number {
  let depth = 1
  for (let at = start; at < source.length; at++) {
    if (source[at] === '{') depth += 1
    if (source[at] === '}') depth -= 1
    if (depth === 0) return at
  }
  throw new Error('a value does not end')
}
