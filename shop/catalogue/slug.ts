/** Whether a text can be a product's slug; asked before the database is. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9-]{1,80}$/.test(text)
}
