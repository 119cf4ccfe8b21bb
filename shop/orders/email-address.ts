/** One mailbox, without the characters that would start a second recipient, a name or a header. */
const MAILBOX = /^[^\s\p{C}@<>(),;:\\"[\]]+@[^\s\p{C}@<>(),;:\\"[\]]+\.[^\s\p{C}@<>(),;:\\"[\]]+$/u
/** RFC 5321, section 4.5.3.1.3, less the angle brackets. */
const LONGEST = 254

/** The normal form in which Till compares addresses: trimmed and in lower case, dots and plus signs kept. */
export function normalEmail(address: string): string {
  return address.trim().toLowerCase()
}

/** The address in its normal form if a mail can be sent to it; else null, and the order is kept all the same. */
export function mailableEmail(address: string | null): string | null {
  const normal = normalEmail(address ?? '')
  return normal.length <= LONGEST && MAILBOX.test(normal) ? normal : null
}
