/** The one name of everybody whose address the platform does not tell. */
const UNTOLD = 'untold'

/**
 * The network that a visitor's address belongs to, as the limits count it: an IPv4 address by itself, an IPv6 address by its first 64
 * bits, since every household has 2^64 of those.
 */
export function networkOf(address: string | null | undefined): string {
  const text = (address ?? '').trim().toLowerCase().replace(/%.*$/, '')
  if (!text) return UNTOLD
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1]
  if (mapped) return mapped
  return text.includes(':') ? firstHalf(text) : text
}

/** RFC 4291, section 2.2: `::` stands for as many groups of zeros as are missing from eight. */
function firstHalf(address: string): string {
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const last = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - last.length)
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...last]
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
