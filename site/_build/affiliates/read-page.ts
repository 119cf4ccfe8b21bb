import { DomUtils, parseDocument } from 'htmlparser2'

type Document = ReturnType<typeof parseDocument>
/** An element of a page. */
export type Element = NonNullable<ReturnType<typeof DomUtils.getElementsByTagName>[number]>

const UNSEEN = new Set(['head', 'script', 'style', 'template', 'noscript', 'title'])

/** The elements of a page in the order in which it has them. */
export function elementsOf(html: string): Element[] {
  return DomUtils.findAll(() => true, parseDocument(html).children)
}

/** What somebody reads of an element, with single spaces; parts for which `skip` is true are left out. */
export function textOf(root: Element | Document, skip: (element: Element) => boolean = () => false): string {
  const parts: string[] = []
  walk(root, (node) => {
    if (node.type === 'text') parts.push((node as { data: string }).data)
    return !isElement(node) || (isSeen(node) && !skip(node))
  })
  return tidy(parts.join(' '))
}

/** What somebody has read of a page before they come to an element of it. */
export function textBefore(target: Element): string {
  const parts: string[] = []
  let isReached = false
  walk(rootOf(target), (node) => {
    if (node === target) isReached = true
    if (isReached) return false
    if (node.type === 'text') parts.push((node as { data: string }).data)
    return !isElement(node) || isSeen(node)
  })
  return tidy(parts.join(' '))
}

/** The nearest element around this one that has one of these names, or undefined. */
export function around(element: Element, ...names: string[]): Element | undefined {
  for (let up = element.parent; up; up = up.parent) if (isElement(up) && names.includes(up.name)) return up
  return undefined
}

/** Text as the rules compare it. */
export function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

type Node = Document['children'][number]

function walk(root: Element | Document, enter: (node: Node) => boolean): void {
  for (const child of root.children) if (enter(child) && 'children' in child) walk(child as Element, enter)
}

function rootOf(element: Element): Document {
  let root: Element['parent'] = element
  while (root?.parent) root = root.parent
  return root as Document
}

function isElement(node: unknown): node is Element {
  return typeof node === 'object' && node !== null && 'name' in node && 'attribs' in node
}

function isSeen({ name, attribs }: Element): boolean {
  return !UNSEEN.has(name) && !('hidden' in attribs) && attribs['aria-hidden'] !== 'true'
}
