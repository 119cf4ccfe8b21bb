/** Addresses below /store/ that lists have, so that no product can. */
export const RESERVED_SLUGS = ['category', 'newest', 'page', 'search', 'tag']

/** Whether a text can be a product's slug; asked before the database is. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9-]{1,80}$/.test(text)
}

/** The slug that a title suggests: `Größe & Maß` is `grosse-mass`. Empty when it has no letter that an address could carry. */
export function slugOf(title: string): string {
  const plain = title.replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const words = plain.replace(/['’]/g, '').replace(/[^a-z0-9]+/g, '-')
  const slug = words.replace(/^-/, '').slice(0, 80).replace(/-$/, '')
  return RESERVED_SLUGS.includes(slug) ? `${slug}-1` : slug
}
