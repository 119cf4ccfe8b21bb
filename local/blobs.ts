import type { EnvironmentContext } from '@netlify/blobs'
import { BlobsServer } from '@netlify/blobs/server'
import { listen } from './listen.ts'

export type LocalBlobs = {
  /** What `getStore()` needs; as NETLIFY_BLOBS_CONTEXT for other processes. */
  context: EnvironmentContext & { siteID: string }
  stop(): Promise<void>
}

/** The parts of Netlify's emulator behind its own `start`, which would listen on every address of the machine. */
type Handler = { address: string; handleRequest(request: Request): Promise<Response> }

/** Netlify's own Blobs emulator on a folder, reachable from this machine only. */
export async function startBlobs({ directory, token }: { directory: string; token: string }): Promise<LocalBlobs> {
  const emulator = new BlobsServer({ directory, token }) as unknown as Handler
  const listener = await listen(0, (request) => emulator.handleRequest(request))
  emulator.address = `http://localhost:${listener.port}`
  return { context: blobsContext(emulator.address, token), stop: () => listener.close() }
}

/** The value of NETLIFY_BLOBS_CONTEXT for this context. */
export function encodeBlobsContext(context: EnvironmentContext): string {
  return Buffer.from(JSON.stringify(context)).toString('base64')
}

export function blobsContext(url: string, token: string): LocalBlobs['context'] {
  return { siteID: 'local', deployID: 'local', token, edgeURL: url, uncachedEdgeURL: url, primaryRegion: 'us-east-2' }
}
