/** Makes an element; text only ever becomes text, whatever a product is called. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  children: HTMLElement[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    // As properties, these do nothing in Firefox below 119.
    if (name === 'role' || name.startsWith('aria'))
      made.setAttribute(name.replace('aria', 'aria-').toLowerCase(), String(value))
    else Object.assign(made, { [name]: value })
  }
  made.append(...children)
  return made
}
