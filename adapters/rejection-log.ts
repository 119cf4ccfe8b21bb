import { randomBytes } from 'node:crypto'
import { getStore } from '@netlify/blobs'
import type { RejectionLog } from '../shop/app.ts'
import { withinDeadline } from './within-deadline.ts'

const WINDOW_MS = 300_000
const DEADLINE_MS = 2_000

/** One empty blob for each rejection of the last five minutes, its time in its key, so that concurrent ones cannot overwrite each other. */
export function createRejectionLog(): RejectionLog {
  return { note: (at, enough) => withinDeadline(DEADLINE_MS, () => note(at, enough)) }
}

async function note(at: Date, enough: number): Promise<boolean> {
  const store = getStore({ name: 'rejections', consistency: 'strong' })
  const since = at.getTime() - WINDOW_MS
  const keys = await list(store)
  await Promise.all(keys.filter((key) => timeOf(key) < since).map((key) => store.delete(key)))
  if (countSince(keys, since) >= enough) return false
  await store.set(`${at.getTime()}-${randomBytes(8).toString('hex')}`, '')
  // Listed again: of several that come at once, the last to be written sees them all.
  return countSince(await list(store), since) >= enough
}

async function list(store: ReturnType<typeof getStore>): Promise<string[]> {
  const { blobs } = await store.list()
  return blobs.map(({ key }) => key)
}

function countSince(keys: string[], since: number): number {
  return keys.filter((key) => timeOf(key) >= since).length
}

function timeOf(key: string): number {
  return Number(key.split('-')[0])
}
