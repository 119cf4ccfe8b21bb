const NAMESPACE = 'http://www.w3.org/2000/svg'

/** Makes an element of a drawing. */
export function svg(
  tag: string,
  attributes: Record<string, string | number>,
  children: (SVGElement | string)[] = [],
): SVGElement {
  const made = document.createElementNS(NAMESPACE, tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value))
  made.append(...children)
  return made
}
