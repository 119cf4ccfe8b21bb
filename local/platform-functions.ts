import type { EnvironmentContext } from '@netlify/blobs'
import { FunctionsHandler } from '@netlify/functions-dev'

type HandlerOptions = ConstructorParameters<typeof FunctionsHandler>[0]

/** What we use of the functions that FunctionsHandler registers; its own types leave them out. */
export type PlatformFunction = {
  name: string
  isBackground: boolean
  build(options: { buildDirectory: string; cache: object }): Promise<{ error?: unknown }>
  invoke(options: { request: Request }): Promise<Response>
  getNextRun(): Promise<Date | null>
}

export type PlatformOptions = {
  /** The bundles, one file each. */
  directory: string
  /** Where Netlify's packager puts what it will run. */
  buildDirectory: string
  blobs: EnvironmentContext & { siteID: string }
}

/** Netlify's limits: 60 s for an answer, 15 minutes for background work. */
const TIMEOUTS = { syncFunctions: 60, backgroundFunctions: 900 }

/** Loads a folder of functions into Netlify's own emulator, each packaged once. @throws Error naming the function that fails */
export async function loadFunctions({ directory, buildDirectory, blobs }: PlatformOptions) {
  const functions: PlatformFunction[] = []
  const handler = new FunctionsHandler({
    // With a folder here, every request packages its function again, while others are running it.
    destPath: '',
    projectRoot: directory,
    userFunctionsPath: directory,
    blobsContext: blobs,
    siteId: blobs.siteID,
    // The bundles are whole: packaging them once more would only blow them up with source maps.
    config: { get: () => ({ functions: { '*': { node_bundler: 'none' } } }) } as unknown as HandlerOptions['config'],
    eventHandler: (event) => {
      if (event.name === 'FunctionRegisteredEvent') functions.push((event as unknown as Registered).function)
    },
    geolocation: {} as HandlerOptions['geolocation'],
    settings: {},
    timeouts: TIMEOUTS,
  })
  await handler.match(new Request('http://localhost/'))
  for (const one of functions) await build(one, buildDirectory)
  return { handler, functions }
}

type Registered = { function: PlatformFunction }

async function build(one: PlatformFunction, buildDirectory: string): Promise<void> {
  const { error } = await one.build({ buildDirectory, cache: {} })
  if (error) throw new Error(`the function ${one.name} cannot be packaged`, { cause: error })
}
