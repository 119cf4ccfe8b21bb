/** An address that its owner recognises and nobody else learns, such as `m•••@e•••.com`. */
export function maskEmail(address: string): string {
  const [name = '', domain = ''] = address.split('@')
  const [first = ''] = Array.from(name)
  const [initial = ''] = Array.from(domain)
  return `${first}•••@${initial}•••${domain.slice(domain.lastIndexOf('.'))}`
}
