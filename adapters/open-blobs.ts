import { getStore } from '@netlify/blobs'

/** A project at Netlify and a token for it, on a machine to which Netlify itself gives nothing. */
export type BlobsAccess = { siteID: string; token: string } | undefined

type Options = { consistency?: 'eventual' | 'strong'; signal?: AbortSignal }

export type OpenBlobs = (name: string, options?: Options) => ReturnType<typeof getStore>

/** Opens stores of Netlify Blobs: those that the surroundings bring along, or with the seller's token those of a project. */
export function createOpenBlobs(access: BlobsAccess): OpenBlobs {
  return (name, { consistency = 'strong', signal } = {}) =>
    getStore({ name, consistency, ...access, ...(signal ? { fetch: fetchUntil(signal) } : {}) })
}

/** The client would repeat an aborted request five seconds later, and five times; an answer that is no success ends it at once. */
function fetchUntil(signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    try {
      return await fetch(input, { ...init, signal })
    } catch (error) {
      if (signal.aborted) return new Response(null, { status: 408 })
      throw error
    }
  }
}
