import type { BuildHook } from '../shop/app.ts'
import { Misconfigured, VendorDown, VendorRefused } from '../shop/errors.ts'

const TIMEOUT_MS = 10_000
/** When nobody can tell whether a build has begun: builds are five minutes apart. */
const UNTOLD_WAIT_S = 300
const TITLE = 'The catalogue has changed'

/** Netlify's build hook. Its address is a secret, and is in no message. https://docs.netlify.com/configure-builds/build-hooks */
export function createBuildHook(read: () => string | undefined): BuildHook {
  return {
    get isSet() {
      return isThere(read)
    },
    ask: async () => {
      const hook = read()
      if (hook === undefined) throw new Misconfigured('NETLIFY_BUILD_HOOK_URL is not set.')
      const url = new URL(hook)
      url.searchParams.set('trigger_title', TITLE)
      const answer = await post(url)
      if (answer.ok) return
      const { status } = answer
      const retryAfter = Number(answer.headers.get('retry-after')) || 0
      if (status === 429 || status >= 500)
        throw new VendorDown('netlify', `The build hook answers ${status}.`, { retryAfter })
      throw new VendorRefused('netlify', `The build hook answers ${status}: see NETLIFY_BUILD_HOOK_URL.`, {
        isAboutKey: true,
      })
    },
  }
}

/** One that is malformed is there: whoever asks is told what is wrong with it. */
function isThere(read: () => string | undefined): boolean {
  try {
    return read() !== undefined
  } catch (error) {
    if (error instanceof Misconfigured) return true
    throw error
  }
}

async function post(url: URL): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const answer = await fetch(url, { method: 'POST', body: '{}', redirect: 'manual', signal })
    await answer.arrayBuffer()
    return answer
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error
    // Without the cause: it would repeat the address.
    throw new VendorDown('netlify', 'The build hook does not answer.', { retryAfter: UNTOLD_WAIT_S })
  }
}
