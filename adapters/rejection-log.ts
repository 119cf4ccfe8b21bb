import { randomBytes } from 'node:crypto'
import type { RejectionLog } from '../shop/app.ts'
import type { OpenBlobs } from './open-blobs.ts'
import { withinDeadline } from './within-deadline.ts'

const WINDOW_MS = 300_000
const DEADLINE_MS = 2_000

/** One empty blob for each rejection of the last five minutes, its time in its key, so that concurrent ones cannot overwrite each other. */
export function createRejectionLog(openBlobs: OpenBlobs): RejectionLog {
  const store = () => openBlobs('rejections')
  return { note: (at, enough) => withinDeadline(DEADLINE_MS, () => note(store(), { at, enough })) }
}

type Rejection = { at: Date; enough: number }

async function note(store: ReturnType<OpenBlobs>, { at, enough }: Rejection): Promise<boolean> {
  const since = at.getTime() - WINDOW_MS
  const keys = await list(store)
  await Promise.all(keys.filter((key) => timeOf(key) < since).map((key) => store.delete(key)))
  if (countSince(keys, since) >= enough) return false
  await store.set(`${at.getTime()}-${randomBytes(8).toString('hex')}`, '')
  // Listed again: of several that come at once, the last to be written sees them all.
  return countSince(await list(store), since) >= enough
}

async function list(store: ReturnType<OpenBlobs>): Promise<string[]> {
  const { blobs } = await store.list()
  return blobs.map(({ key }) => key)
}

function countSince(keys: string[], since: number): number {
  return keys.filter((key) => timeOf(key) >= since).length
}

function timeOf(key: string): number {
  return Number(key.split('-')[0])
}
