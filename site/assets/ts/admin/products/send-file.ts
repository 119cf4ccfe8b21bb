import { isObject } from '../../is-object.ts'
import { ask, Trouble } from '../ask.ts'

/** What becomes of a file that was sent: see shop/catalogue/product-requests.ts. */
export type Use =
  | { use: 'picture' }
  | { use: 'file'; product_id: string; slot: string; filename: string; changelog: string }

type Watch = {
  /** Told how far it is, from 0 to 1. */
  progress(done: number): void
  /** Told that everything has arrived and is being checked. */
  checking?(): void
  signal?: AbortSignal
}

/** A connection that breaks costs a part, and is tried again. */
const TRIES = 4
const PAUSE_MS = 1_500

/** The SHA-256 of a file, in hex. */
export async function sha256Of(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Sends a file in parts, those only that are not there yet, and makes of it what it is for.
 * @throws Trouble when there is no going on; the same call goes on from there
 */
export async function sendFile<Made>(file: Blob, use: Use, watch: Watch): Promise<Made> {
  const whole = { sha256: await sha256Of(file), size_bytes: file.size }
  for (let round = 1; ; round++) {
    await sendParts(file, whole, watch)
    watch.checking?.()
    try {
      return await ask<Made>('/admin_finish_upload', { ...whole, ...use })
    } catch (error) {
      const isLost =
        error instanceof Trouble && isObject(error.body) && ['parts_missing', 'damaged'].includes(error.state)
      if (!isLost || round === TRIES) throw error
    }
  }
}

type Whole = { sha256: string; size_bytes: number }

async function sendParts(file: Blob, whole: Whole, { progress, signal }: Watch): Promise<void> {
  const { parts, part_bytes } = await ask<{ parts: number[]; part_bytes: number }>('/admin_upload', whole)
  const count = Math.ceil(file.size / part_bytes)
  for (let part = 1; part <= count; part++) {
    if (!parts.includes(part)) {
      const query = new URLSearchParams({ sha256: whole.sha256, size: String(whole.size_bytes), part: String(part) })
      const bytes = file.slice((part - 1) * part_bytes, part * part_bytes)
      await patiently(() => ask(`/admin_upload_part?${query}`, bytes), signal)
    }
    progress(part / count)
  }
}

async function patiently(work: () => Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    try {
      await work()
      return
    } catch (error) {
      const isPassing = error instanceof Trouble && (error.kind === 'offline' || error.kind === 'failed')
      if (!isPassing || attempt === TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt))
    }
  }
}
