export type IdPrefix = 'prd' | 'fil' | 'ord' | 'itm' | 'cod' | 'plk' | 'pse' | 'rfq'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A prefixed id of 128 random bits in Crockford's base 32, which leaves out letters that people misread. */
export function formatId(prefix: IdPrefix, bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new TypeError('an id needs 16 random bytes')
  let bits = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n)
  let text = ''
  for (let i = 0; i < 26; i++, bits >>= 5n) text = ALPHABET[Number(bits & 31n)] + text
  return `${prefix}_${text}`
}

/** How many codes there are. */
export const CODES = 1_000_000

/** A code that is typed by hand: a whole number below CODES as six digits. */
export function formatCode(number: number): string {
  if (!Number.isInteger(number) || number < 0 || number >= CODES) throw new RangeError('a code has six digits')
  return String(number).padStart(6, '0')
}
