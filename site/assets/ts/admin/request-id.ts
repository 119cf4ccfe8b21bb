/** A name for one press of a button: however often it arrives, it is one deed. */
export function newRequestId(): string {
  return `rfq_${crypto.randomUUID().replaceAll('-', '')}`
}
