import { Parser } from 'htmlparser2'

/** An element of an XML document; `text` is that directly in it, with entities decoded. */
export type XmlElement = { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }

/**
 * Reads a document that must be well-formed: every element closed in its place, no bare `&`, no characters that XML forbids.
 * @throws Error saying what is not well-formed
 */
export function readXml(document: string): XmlElement {
  const bare = /&(?!(amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.exec(document)
  if (bare) throw new Error(`a bare & at ${bare.index}`)
  if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(document))
    throw new Error('a forbidden character')
  if (!document.startsWith('<?xml version="1.0" encoding="UTF-8"?>')) throw new Error('no XML declaration')
  assertBalanced(document)
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const element = { name, attributes, children: [], text: '' }
        open.at(-1)?.children.push(element)
        open.push(element)
      },
      ontext: (text) => {
        const last = open.at(-1)
        if (last) last.text += text
      },
      onclosetag: () => open.pop(),
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(document)
  const [top] = root.children
  if (open.length !== 1 || root.children.length !== 1 || !top) throw new Error('not one document')
  return top
}

/** The parser forgives; a feed reader does not. */
function assertBalanced(document: string): void {
  const open: string[] = []
  for (const [, end, name = '', isEmpty] of document.matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>/g)) {
    if (end && open.pop() !== name) throw new Error(`${name} is closed out of place`)
    if (!end && !isEmpty) open.push(name)
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} is not closed`)
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

export function textOf(element: XmlElement, name: string): string | undefined {
  return childrenOf(element, name)[0]?.text
}
