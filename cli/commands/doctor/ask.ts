const TIMEOUT_MS = 20_000

export type Answer = { status: number; headers: Headers; text: string; json: Record<string, unknown> }

/** One request and its answer, whatever its status; null when there is none within twenty seconds. Redirects are answers. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer | null> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS), ...init })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: parse(text) }
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return null
    throw error
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
