import type { DigestStore } from '../shop/app.ts'
import type { OpenBlobs } from './open-blobs.ts'
import { withinDeadline } from './within-deadline.ts'

const DEADLINE_MS = 2_500

/** Notes of what Stripe said last, one blob of lines for each list, where looking does not wake the database. */
export function createDigestStore(openBlobs: OpenBlobs): DigestStore {
  const store = () => openBlobs('reconcile')
  return {
    read: (name) =>
      withinDeadline(DEADLINE_MS, async () => {
        const text = await store().get(name, { type: 'text' })
        return text ? text.split('\n') : []
      }),
    write: (name, lines) =>
      withinDeadline(DEADLINE_MS, async () => {
        await store().set(name, lines.join('\n'))
      }),
  }
}
