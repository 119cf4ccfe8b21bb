import process from 'node:process'
import type { Batch, Database } from '../db/database.ts'
import type { App } from '../shop/app.ts'
import { type Environment, readConfig } from './config.ts'
import { MAILER } from './mailer-port.ts'
import { createBatch, createDatabase } from './neon.ts'
import { createOpenBlobs } from './open-blobs.ts'
import { PAYMENTS } from './payments-port.ts'
import { createPictureStore } from './picture-store.ts'
import { type Surroundings, wireApp } from './wire-app.ts'

/** The whole shop with every vendor, for workers, commands and tests. @throws as wireApp does */
export function createApp(surroundings: Surroundings = {}): App {
  return wireApp(surroundings, { ...PAYMENTS, ...MAILER })
}

/** What the build needs: the catalogue's database and the products' pictures. */
export function createCatalogue(env: Environment = process.env): {
  db: Database
  images: App['pictures']
  siteUrl: string
} {
  const config = readConfig(env)
  return {
    db: createDatabase(config),
    images: createPictureStore(createOpenBlobs(config.blobsAccess)),
    siteUrl: config.siteUrl,
  }
}

/** What a migration needs. */
export function createMigrationTarget(env: Environment = process.env): { db: Database; batch: Batch } {
  const config = readConfig(env)
  return { db: createDatabase(config), batch: createBatch(config) }
}
