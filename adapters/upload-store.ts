import type { UploadStore } from '../shop/catalogue/upload-store.ts'
import type { OpenBlobs } from './open-blobs.ts'
import { withinDeadline } from './within-deadline.ts'

const DEADLINE_MS = 8_000
/** A part has megabytes. */
const TRANSFER_MS = 25_000

/**
 * Parts of uploads in Netlify Blobs: `parts/<sha256>/<number>`, and for each upload an empty `begun/<unix seconds>-<sha256>`, by which those
 * are found that nobody went on with.
 */
export function createUploadStore(openBlobs: OpenBlobs): UploadStore {
  const store = (signal: AbortSignal) => openBlobs('uploads', { signal })
  const list = (prefix: string) =>
    withinDeadline(DEADLINE_MS, async (late) => (await store(late).list({ prefix })).blobs.map(({ key }) => key))
  const drop = (keys: string[]) =>
    withinDeadline(TRANSFER_MS, async (late) => {
      await Promise.all(keys.map((key) => store(late).delete(key)))
    })
  const forget = async (sha256: string, begun: string[]) => drop([...(await list(`parts/${sha256}/`)), ...begun])
  return {
    begin: async (sha256, at) => {
      const [begun, parts] = await Promise.all([list('begun/'), list(`parts/${sha256}/`)])
      if (!begun.some((key) => key.endsWith(`-${sha256}`)))
        await put(store, `begun/${Math.floor(at.getTime() / 1000)}-${sha256}`, new Uint8Array())
      return parts.map(numberOf).sort((a, b) => a - b)
    },
    writePart: (sha256, part, bytes) => put(store, partKey(sha256, part), bytes),
    join: async (sha256, parts) => {
      const keys = Array.from({ length: parts }, (_, index) => partKey(sha256, index + 1))
      const read = (late: AbortSignal) =>
        Promise.all(keys.map((key) => store(late).get(key, { type: 'arrayBuffer' }) as Promise<ArrayBuffer | null>))
      const found = await withinDeadline(TRANSFER_MS, read)
      const whole = found.filter((one) => one !== null)
      return whole.length === parts ? new Uint8Array(Buffer.concat(whole.map((one) => new Uint8Array(one)))) : null
    },
    remove: async (sha256) => {
      const begun = await list('begun/')
      await forget(
        sha256,
        begun.filter((key) => key.endsWith(`-${sha256}`)),
      )
    },
    sweep: async (before) => {
      for (const key of await list('begun/')) {
        const [, seconds, sha256 = ''] = /^begun\/(\d+)-([0-9a-f]{64})$/.exec(key) ?? []
        if (Number(seconds) * 1000 < before.getTime()) await forget(sha256, [key])
      }
    },
  }
}

async function put(
  store: (signal: AbortSignal) => ReturnType<OpenBlobs>,
  key: string,
  bytes: Uint8Array,
): Promise<void> {
  await withinDeadline(TRANSFER_MS, async (late) => {
    const { etag } = await store(late).set(key, new Blob([new Uint8Array(bytes)]))
    // The client has been seen to report a success that was none.
    if (!etag) throw new Error('the store has not confirmed the part')
  })
}

function partKey(sha256: string, part: number): string {
  return `parts/${sha256}/${String(part).padStart(3, '0')}`
}

function numberOf(key: string): number {
  return Number(key.slice(key.lastIndexOf('/') + 1))
}
