/**
 * The address that an affiliate product leads to, if it may: https, no user or port, and a host of the seller's list to the letter
 * (`amazon.com.evil.com` and `amazon.com@evil` are not Amazon). Else null.
 */
export function lawfulLink(url: string, hosts: readonly string[]): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, hostname, host, username, password, href } = new URL(url)
  const isPlain = protocol === 'https:' && host === hostname && username === '' && password === ''
  return isPlain && hosts.includes(hostname) ? href : null
}
