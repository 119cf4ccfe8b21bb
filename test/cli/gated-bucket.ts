import { createFaults } from '../../local/faults.ts'
import { listen } from '../../local/listen.ts'
import { createS3 } from '../../local/s3/create-s3.ts'

const KEY = { accessKeyId: 'till-test', secretAccessKey: 'a-secret-of-this-test-only', region: 'us-east-1' }

/** A bucket behind a gate that can be closed after so many parts; it writes down which parts it has stored. */
export async function openGatedBucket(folder: string) {
  const s3 = createS3({ folder, bucket: 'till-files', key: KEY, faults: createFaults() })
  const stored: number[] = []
  const working = new Set<Promise<Response>>()
  let room = Number.POSITIVE_INFINITY
  let awaited = Number.POSITIVE_INFINITY
  let full = () => {}
  let openGate = () => {}
  let gate = Promise.resolve()
  async function answer(request: Request, bindings: Parameters<typeof s3.routes.fetch>[1]): Promise<Response> {
    const part = request.method === 'PUT' ? Number(new URL(request.url).searchParams.get('partNumber')) : 0
    if (part && room-- <= 0) await gate
    const response = await s3.routes.fetch(request, bindings)
    if (part && response.ok && stored.push(part) === awaited) full()
    return response
  }
  const listener = await listen(0, (request, bindings) => {
    const work = answer(request, bindings)
    working.add(work)
    work.finally(() => working.delete(work)).catch(() => undefined)
    return work
  })
  return {
    stored,
    env: {
      FILES_S3_ENDPOINT: `http://localhost:${listener.port}`,
      FILES_S3_BUCKET: 'till-files',
      FILES_S3_ACCESS_KEY_ID: KEY.accessKeyId,
      FILES_S3_SECRET_ACCESS_KEY: KEY.secretAccessKey,
    },
    /** Takes so many parts and lets the next ones wait; resolves when they are stored. */
    closeAfter(parts: number): Promise<void> {
      room = parts
      awaited = stored.length + parts
      gate = new Promise((resolve) => {
        openGate = resolve
      })
      return new Promise((resolve) => {
        full = resolve
      })
    },
    /** Lets everything pass again; resolves when nobody is being answered any more. */
    async reopen(): Promise<void> {
      room = Number.POSITIVE_INFINITY
      openGate()
      await Promise.allSettled(working)
    },
    close: () => listener.close(),
  }
}
