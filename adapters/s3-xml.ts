const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * What stands inside each element of this name. The answers of S3 are short, flat and without attributes that matter; nothing is
 * fetched, nothing is expanded, and what is no such element is not there.
 */
export function elementsIn(xml: string, name: string): string[] {
  const element = new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^]*?)</(?:\\w+:)?${name}\\s*>`, 'g')
  return [...xml.matchAll(element)].map(([, inner = '']) => inner)
}

/** The text of the first element of this name; undefined when there is none. */
export function textIn(xml: string, name: string): string | undefined {
  const [text] = elementsIn(xml, name)
  return text?.trim().replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(\w+));/gi, decode)
}

function decode(reference: string, decimal?: string, hex?: string, name?: string): string {
  if (name) return ENTITIES[name] ?? reference
  return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16))
}
