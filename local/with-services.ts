import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { blobsContext, encodeBlobsContext } from './blobs.ts'
import { FolderTaken } from './lock.ts'
import { readOwner } from './owner.ts'
import { openPlatform, type Platform } from './platform.ts'
import { readSecrets } from './secrets.ts'
import { Refused, readSettings, type Settings } from './settings.ts'
import { storeEnvironment } from './store-environment.ts'

type Run<Result> = (env: Record<string, string>) => Promise<Result>

const OwnerAnswer = z.object({ pid: z.number(), folder: z.string(), blobsUrl: z.string() })
/** How long a start may take until its services answer. */
const PATIENCE_MS = 60_000

/**
 * Runs a command with the local database, files and vendors: those of the `npm start` that owns the data folder, or its own for
 * the length of the command. @throws Refused when the folder's owner cannot be reached
 */
export async function withServices<Result>(run: Run<Result>): Promise<Result> {
  const settings = readSettings(process.env)
  const platform = await openOwn(settings)
  if (!platform) return await runIn(await environmentOfOwner(settings), run)
  try {
    return await runIn(platform.env, run)
  } finally {
    await platform.stop()
  }
}

async function openOwn(settings: Settings): Promise<Platform | undefined> {
  try {
    return await openPlatform(settings, { withStore: false, report: () => {} })
  } catch (error) {
    if (error instanceof FolderTaken) return undefined
    throw error
  }
}

/** The Blobs client reads this variable from the process, and from nowhere else. */
function runIn<Result>(env: Record<string, string>, run: Run<Result>): Promise<Result> {
  process.env.NETLIFY_BLOBS_CONTEXT = env.NETLIFY_BLOBS_CONTEXT
  return run(env)
}

async function environmentOfOwner(settings: Settings): Promise<Record<string, string>> {
  const { servicesUrl, blobsUrl } = await findOwner(settings.folders.root)
  const port = Number(new URL(servicesUrl).port) - 1
  const theirs = { ...settings, port, servicesUrl, siteUrl: `http://localhost:${port}` }
  const secrets = readSecrets(settings.folders.secrets)
  const context = encodeBlobsContext(blobsContext(blobsUrl, secrets.blobsToken))
  return { ...storeEnvironment(theirs, secrets), NETLIFY_BLOBS_CONTEXT: context }
}

async function findOwner(folder: string): Promise<{ servicesUrl: string; blobsUrl: string }> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(200)) {
    const owner = readOwner(folder)
    const answer = owner && (await ask(owner.servicesUrl))
    if (answer?.folder === folder && answer.pid === owner?.pid) return { ...owner, blobsUrl: answer.blobsUrl }
  }
  throw new Refused(
    `${folder} is in use by another process whose services do not answer. Stop it, or wait for its end.`,
  )
}

/** Undefined as long as a start is under way, or when somebody else answers there. */
async function ask(servicesUrl: string): Promise<z.infer<typeof OwnerAnswer> | undefined> {
  try {
    const response = await fetch(`${servicesUrl}/owner.json`, { signal: AbortSignal.timeout(2_000) })
    return response.ok ? OwnerAnswer.safeParse(await response.json()).data : undefined
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError || error instanceof DOMException) return undefined
    throw error
  }
}
