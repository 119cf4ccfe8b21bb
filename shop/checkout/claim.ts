import { createHash, timingSafeEqual } from 'node:crypto'

/** The hash under which a claim cookie's value is known outside of the browser that holds it. */
export function hashClaim(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Whether this browser's claim is the one that an order was bought with; an order without a claim is nobody's. */
export function isClaimedBy(secret: string | null, claimHash: string | null): boolean {
  if (secret === null || claimHash === null) return false
  const [given, known] = [Buffer.from(hashClaim(secret)), Buffer.from(claimHash)]
  return given.length === known.length && timingSafeEqual(given, known)
}
