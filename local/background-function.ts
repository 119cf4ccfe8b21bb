import type { Background } from './background.ts'
import type { PlatformFunction } from './platform-functions.ts'

/** Netlify's own runtime puts this on every answer that the function gave itself; one that threw has none. */
const ANSWERED = 'x-nf-invocation-metadata'

/** When Netlify calls a background function again that threw. */
const REPEAT_AFTER_MS = [60_000, 120_000]

/** Makes calls of a function return at once; Netlify's emulator would wait for the end, and never repeat. */
export function runBehind(one: PlatformFunction, background: Background): void {
  const pauses = one.isBackground ? REPEAT_AFTER_MS : []
  const invoke = one.invoke.bind(one)
  one.invoke = async (options) => {
    const { url, method, headers } = options.request
    const body = method === 'GET' ? null : await options.request.text()
    const attempt = async () => {
      const request = new Request(url, { method, headers, body })
      await assertAnswered(await invoke({ ...options, request }))
    }
    background.run(one.name, attempt, pauses)
    return new Response(null, { status: 202 })
  }
}

async function assertAnswered(response: Response): Promise<void> {
  if (!response.headers.has(ANSWERED)) throw new Error(await response.text())
}
