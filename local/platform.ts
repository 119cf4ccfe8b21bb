import { createMigrationTarget } from '../adapters/create-app.ts'
import { migrate } from '../db/migrate.ts'
import { encodeBlobsContext, type LocalBlobs, startBlobs } from './blobs.ts'
import { type Closers, createClosers } from './closers.ts'
import { type LocalDatabase, openDatabase } from './database-folder.ts'
import { storeDemoFiles } from './demo-files.ts'
import { type Door, openDoor } from './door.ts'
import { createEmulators, type Emulators } from './emulators.ts'
import { openLedger } from './ledger.ts'
import { lockFolder } from './lock.ts'
import { writeOwner } from './owner.ts'
import { openSecrets, type Secrets } from './secrets.ts'
import { seedDatabase } from './seed-database.ts'
import { createServices } from './services.ts'
import type { Settings } from './settings.ts'
import { storeEnvironment } from './store-environment.ts'

export type Platform = {
  settings: Settings
  /** The environment of functions, of the build and of commands. */
  env: Record<string, string>
  blobs: LocalBlobs
  emulators: Emulators
  /** The store's port, if it was asked for; it answers 503 until it is told otherwise. */
  store: Door | undefined
  stop(): Promise<void>
}

type Options = {
  /** Whether the store's port is taken as well. */
  withStore: boolean
  report: (line: string) => void
}

/**
 * Opens everything but the store: the data folder, the database, the vendors' emulators, migrated and seeded. Lock and ports come
 * first, since two owners of one database destroy it. @throws FolderTaken, PortTaken; then nothing was touched
 */
export async function openPlatform(settings: Settings, options: Options): Promise<Platform> {
  const closers = createClosers()
  try {
    return await open(settings, options, closers)
  } catch (error) {
    await closers.closeAll()
    throw error
  }
}

async function open(settings: Settings, { withStore, report }: Options, closers: Closers): Promise<Platform> {
  const { folders, port, servicesUrl } = settings
  const lock = lockFolder(folders.root)
  closers.add(lock.release)
  const store = withStore ? await openDoor(port) : undefined
  if (store) closers.add(() => store.close())
  const services = await openDoor(port + 1)
  closers.add(() => services.close())
  const parts = await openParts(settings, closers)
  const { database, emulators, blobs } = parts
  const owner = { pid: process.pid, folder: folders.root, blobsUrl: blobs.context.edgeURL ?? '' }
  const { pglite } = database
  services.answerWith(createServices({ emulators, pglite, siteUrl: settings.siteUrl, owner }).fetch)
  await prepare(parts, report)
  // Commands look for it, and should find a database that is ready.
  writeOwner(folders.root, { pid: process.pid, servicesUrl })
  return { settings, env: parts.env, blobs, emulators, store, stop: closers.closeAll }
}

type Parts = { database: LocalDatabase; blobs: LocalBlobs; emulators: Emulators; env: Record<string, string> }

async function openParts(settings: Settings, closers: Closers): Promise<Parts> {
  const { folders } = settings
  const secrets: Secrets = openSecrets(folders.secrets)
  const database = await openDatabase(folders)
  closers.add(() => database.pglite.close())
  const ledger = openLedger(folders.ledger)
  closers.add(() => ledger.close())
  const blobs = await startBlobs({ directory: folders.blobs, token: secrets.blobsToken })
  closers.add(() => blobs.stop())
  const env = { ...storeEnvironment(settings, secrets), NETLIFY_BLOBS_CONTEXT: encodeBlobsContext(blobs.context) }
  const emulators = createEmulators({
    settings,
    env,
    pglite: database.pglite,
    ledger,
    bucketSecret: secrets.blobsToken,
  })
  closers.add(() => emulators.mail.stop())
  closers.add(() => emulators.stripe.stop())
  return { database, blobs, emulators, env }
}

/** A new database gets the demo shop; one that exists is only migrated. */
async function prepare({ database, blobs, env }: Parts, report: (line: string) => void): Promise<void> {
  const applied = await migrate(createMigrationTarget(env))
  if (applied.length > 0) report(`Migrated the database: ${applied.length} steps`)
  if (!database.isNew) return
  await seedDatabase(database.pglite)
  report(`Filled the shop with demo products and ${await storeDemoFiles(blobs.context)} files`)
  await database.markReady()
}
