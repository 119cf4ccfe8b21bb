import { randomBytes } from 'node:crypto'
import type { WakeMark, Waker } from '../shop/app.ts'
import type { OpenBlobs } from './open-blobs.ts'
import { signPoke, verifyPoke } from './poke-signature.ts'
import { withinDeadline } from './within-deadline.ts'

type Settings = { siteUrl: string; secrets: () => string[]; now: () => Date; openBlobs: OpenBlobs }

/** The header that carries a poke's signature: `t=<unix seconds>,v1=<hex>`. */
export const POKE_HEADER = 'x-till-poke'

const WORKER_PATH = '/.netlify/functions/run_jobs-background'
const POKE_TIMEOUT_MS = 2_000
const MARK_DEADLINE_MS = 2_000

/** Wakes the worker by a signed poke; marks say, outside of the database, when there will be work. */
export function createWaker({ siteUrl, secrets, now, openBlobs }: Settings): Waker {
  const store = () => openBlobs('wake')
  return {
    poke: () => poke(`${siteUrl}${WORKER_PATH}`, signPoke(secrets(), now())),
    verifyPoke: (signature) => verifyPoke(signature, secrets(), now()),
    listMarks: () => withinDeadline(MARK_DEADLINE_MS, () => listMarks(store())),
    writeMark: (at) => withinDeadline(MARK_DEADLINE_MS, () => writeMark(store(), at)),
    deleteMarks: async (marks) => {
      await withinDeadline(MARK_DEADLINE_MS, () => Promise.all(marks.map(({ key }) => store().delete(key))))
    },
  }
}

/** True only for 202 in time: a redirect, an error page and silence all mean that nobody is at work. */
async function poke(url: string, signature: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(POKE_TIMEOUT_MS)
    const answer = await fetch(url, {
      method: 'POST',
      headers: { [POKE_HEADER]: signature },
      redirect: 'manual',
      signal,
    })
    await answer.arrayBuffer()
    return answer.status === 202
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return false
    throw error
  }
}

async function listMarks(store: ReturnType<OpenBlobs>): Promise<WakeMark[]> {
  const { blobs } = await store.list({ prefix: 'wake/' })
  return blobs.flatMap(({ key }) => {
    const seconds = /^wake\/(\d+)-/.exec(key)?.[1]
    return seconds ? [{ key, at: new Date(Number(seconds) * 1000) }] : []
  })
}

/** Never overwrites: the random half makes every mark its own blob, so that deleting one cannot take another's news away. */
async function writeMark(store: ReturnType<OpenBlobs>, at: Date): Promise<WakeMark> {
  const seconds = Math.ceil(at.getTime() / 1000)
  const key = `wake/${seconds}-${randomBytes(8).toString('hex')}`
  await store.set(key, '')
  return { key, at: new Date(seconds * 1000) }
}
