/** What the shop said: `body` is null where it was not JSON, `date` the server's clock. */
export type ShopAnswer = { status: number; body: unknown; retryAfter: string | null; date: string | null }

/** Posts to one of the shop's addresses. Never throws: `null` means no connection, or no answer within 20 seconds. */
export async function askShop(path: string, question: unknown): Promise<ShopAnswer | null> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
      cache: 'no-store',
      signal: AbortSignal.timeout(20_000),
    })
    const body: unknown = await response.json().catch(() => null)
    const { status, headers } = response
    return { status, body, retryAfter: headers.get('retry-after'), date: headers.get('date') }
  } catch {
    return null
  }
}
