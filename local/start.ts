import { createApp } from '../adapters/create-app.ts'
import { deploy } from './deploy.ts'
import { PortTaken } from './listen.ts'
import { FolderTaken } from './lock.ts'
import { openPlatform, type Platform } from './platform.ts'
import { Refused, readSettings } from './settings.ts'
import { createStore } from './store.ts'
import { explainFolderTaken, explainPortTaken } from './who-is-there.ts'

const REQUESTS_GRACE_MS = 5_000

/** `npm start`: the whole shop on this machine. */
async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const report = (line: string) => console.log(line)
  report(`Opening ${settings.folders.root}`)
  const platform = await openPlatform(settings, { withStore: true, report })
  try {
    await serve(platform, report)
  } catch (error) {
    await platform.stop()
    throw error
  }
}

async function serve(platform: Platform, report: (line: string) => void): Promise<void> {
  const { settings, env, emulators, store } = platform
  const { builds, identity, faults } = emulators
  const { siteUrl, servicesUrl } = settings
  replaceEnvironment(env)
  report('Building the pages and functions, where anything has changed')
  const { functions, site, rebuild, stop } = await deploy(platform)
  store?.answerWith(createStore({ functions, site, identity, faults, siteUrl }).fetch)
  builds.buildWith(rebuild)
  emulators.stats.reset()
  emulators.stripe.start()
  await wakeWorkers(env)
  endOnSignal(async () => {
    await store?.close(REQUESTS_GRACE_MS)
    await builds.stop()
    await stop()
    await platform.stop()
  })
  report(`Local services (mailbox, payments, faults): ${servicesUrl}`)
  report(`Store ready: ${siteUrl}`)
}

/** Netlify keeps a background call that it has accepted; here a kill forgets it, so what was queued is taken up at the start. */
async function wakeWorkers(env: Record<string, string>): Promise<void> {
  const isAwake = await createApp({ env }).waker.poke()
  if (!isAwake) console.error(`Nobody runs jobs: ${env.SITE_URL} did not accept the call of run_jobs-background`)
}

/** Functions run in threads that inherit this process's environment, and must see no more than on Netlify. */
function replaceEnvironment(env: Record<string, string>): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name]
  Object.assign(process.env, env)
}

/** The first signal ends everything in order; a second one does not wait. */
function endOnSignal(stop: () => Promise<void>): void {
  let isEnding = false
  const end = async () => {
    if (isEnding) process.exit(130)
    isEnding = true
    console.log('Stopping')
    try {
      await stop()
      process.exit(0)
    } catch (error) {
      console.error(error)
      process.exit(1)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Packages of Netlify's emulators listen as well, and send the signal once more: it would be the second one.
    process.removeAllListeners(signal)
    process.on(signal, () => void end())
  }
}

async function explain(error: unknown): Promise<unknown> {
  if (error instanceof Refused) return error.message
  if (error instanceof PortTaken) return await explainPortTaken(error.port)
  if (error instanceof FolderTaken) return explainFolderTaken(error.folder)
  return error
}

try {
  await main()
} catch (error) {
  console.error(await explain(error))
  // Netlify's emulators keep watchers alive.
  process.exit(1)
}
