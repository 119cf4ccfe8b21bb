/** The claim cookie of the browser that began each checkout session, as that browser keeps it. */
const claims = new Map<string, string>()

/** Keeps the cookie that came with a way to Stripe's payment page. @returns the session that the page is for, '' when there is none */
export function keepClaim(answer: Response, paymentPage: string): string {
  const sessionId = /cs_test_\w+/.exec(paymentPage)?.[0] ?? ''
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (sessionId && cookie) claims.set(sessionId, cookie)
  return sessionId
}

/** What the buying browser of this session sends along. */
export function claimHeader(sessionId: unknown): { cookie?: string } {
  const cookie = claims.get(String(sessionId))
  return cookie ? { cookie } : {}
}
