import process from 'node:process'
import { serve } from '@hono/node-server'
import type { Context } from '@netlify/functions'
import download from '../../functions/download.ts'

const WATCH_MS = 10

/** What the process that serves downloads tells its parent: where it listens, and the most memory that it has had since it was asked last. */
export type DownloadServerWord = { port: number } | { peak: number }

/** `GET /download` alone in a process of its own, so that its memory can be told from the test's. */
const context = { requestId: 'req_test', waitUntil: () => undefined } as unknown as Context
let peak = 0
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, WATCH_MS)
serve({ fetch: (request) => download(request, context), port: 0, hostname: '127.0.0.1' }, ({ port }) => say({ port }))
process.on('message', () => {
  say({ peak })
  peak = 0
})

function say(word: DownloadServerWord): void {
  process.send?.(word)
}
