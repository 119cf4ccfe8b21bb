/** One mailbox, without the characters that would start a second recipient, a name or a header. */
const MAILBOX = /^[^\s\p{C}@<>(),;:\\"[\]]+@[^\s\p{C}@<>(),;:\\"[\]]+\.[^\s\p{C}@<>(),;:\\"[\]]+$/u
/** RFC 5321, section 4.5.3.1.3, less the angle brackets. */
const LONGEST = 254

/** The Kelvin sign: the one letter beyond ASCII whose lower case is within it, a plain k. */
const KELVIN = '\u212A'

/**
 * The normal form in which Till compares addresses: trimmed and in lower case, dots and plus signs kept. An address that only looks like
 * another one stays another one.
 */
export function normalEmail(address: string): string {
  const parts = address.trim().split(KELVIN)
  return parts.map((part) => part.toLowerCase()).join(KELVIN)
}

/** The address in its normal form if a mail can be sent to it; else null, and the order is kept all the same. */
export function mailableEmail(address: string | null): string | null {
  const normal = normalEmail(address ?? '')
  return normal.length <= LONGEST && MAILBOX.test(normal) ? normal : null
}
