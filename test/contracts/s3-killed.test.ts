import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectErrors } from '../support/quiet.ts'
import { bytesOf, openS3Stage, readAll } from './file-store-stage.ts'

const FILE = bytesOf(100 * 1024 ** 2)
const PARTS = 13
const UPLOADER = fileURLToPath(new URL('s3-uploader.ts', import.meta.url))

let folder: string
let stage: Awaited<ReturnType<typeof openS3Stage>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-killed-'))
  stage = await openS3Stage('path')
  await writeFile(join(folder, 'file'), FILE)
})
afterAll(async () => {
  await stage.close()
  await rm(folder, { recursive: true })
})

function startUploader(): ChildProcess {
  const { settings } = stage
  const env = {
    ...process.env,
    FILES_S3_ENDPOINT: settings.endpoint,
    FILES_S3_BUCKET: settings.bucket,
    FILES_S3_ACCESS_KEY_ID: settings.accessKeyId,
    FILES_S3_SECRET_ACCESS_KEY: settings.secretAccessKey,
  }
  const words = [UPLOADER, join(folder, 'file'), 'files/hundred', join(folder, 'bookmark')]
  return spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] })
}

type Seen = (typeof stage)['seen']
const partsOf = (seen: Seen) => seen.filter(({ method, query }) => method === 'PUT' && query.partNumber)
const isList = ({ method, query }: Seen[number]) => method === 'GET' && 'uploadId' in query

/** Kills the process as soon as this many bytes are stored. */
async function killAt(bytes: number): Promise<void> {
  const uploader = startUploader()
  const ended = once(uploader, 'exit')
  for await (const line of createInterface({ input: uploader.stdout ?? process.stdin }))
    if (Number(line) >= bytes) uploader.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
}

it('an upload of 100 MB that is killed twice goes on, sends no stored part again, and is identical', async () => {
  // The bucket's server may tell of the connections that break off.
  expectErrors()
  await killAt(20e6)
  await killAt(60e6)
  const uploader = startUploader()
  const progress: number[] = []
  for await (const line of createInterface({ input: uploader.stdout ?? process.stdin })) progress.push(Number(line))
  expect(uploader.exitCode ?? (await once(uploader, 'exit'))[0]).toBe(0)

  const stored = progress[0] ?? 0
  expect(stored).toBeGreaterThanOrEqual(60e6)
  const sinceLooked = stage.seen.slice(stage.seen.findLastIndex(isList))
  expect(partsOf(sinceLooked)).toHaveLength(PARTS - stored / (8 * 1024 ** 2))
  // Each kill may cost the three parts that were on their way.
  expect(partsOf(stage.seen).length).toBeLessThanOrEqual(PARTS + 6)
  expect(stage.seen.filter(({ method, query }) => method === 'POST' && 'uploads' in query)).toHaveLength(1)
  expect(Buffer.compare((await readAll(await stage.files.open('files/hundred'))) ?? Buffer.alloc(0), FILE)).toBe(0)
  await expect(readFile(join(folder, 'bookmark'))).rejects.toMatchObject({ code: 'ENOENT' })
})
