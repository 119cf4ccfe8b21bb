const MOST = 60

/** The value of a field in one line, shortened. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(describeItem).join(', ')
  const text = value === null || value === '' ? 'nothing' : String(value)
  const line = text.replace(/\s+/g, ' ')
  return line.length > MOST ? `${line.slice(0, MOST - 1)}…` : line
}

/** A picture is told by what it shows. */
function describeItem(item: unknown): string {
  return typeof item === 'object' && item !== null && 'alt' in item ? `“${item.alt}”` : String(item)
}
