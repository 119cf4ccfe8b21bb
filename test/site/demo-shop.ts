import { readFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import type { Database } from '../../db/database.ts'
import { seedDatabase } from '../../local/seed-database.ts'
import type { SiteParts } from '../../site/_build/configure-site.ts'
import { migratedTemplate } from '../support/migrated-template.ts'
import { SITE_URL } from './build-sample-site.ts'

const SEED = new URL('../../db/seed/', import.meta.url)

export type DemoShop = { parts: Pick<SiteParts, 'catalogue'>; pglite: PGlite; close(): Promise<void> }

/** The demo shop as it comes with Till, for a build of its pages: its seed in a database in memory, its pictures from their folder. */
export async function openDemoShop(): Promise<DemoShop> {
  const pglite = await PGlite.create({ loadDataDir: await migratedTemplate() })
  await seedDatabase(pglite)
  const images = { read: await seedPictures() }
  return {
    parts: { catalogue: { db: queries(pglite), images, siteUrl: SITE_URL } },
    pglite,
    close: () => pglite.close(),
  }
}

function queries(pglite: PGlite): Database {
  const ask = async (strings: TemplateStringsArray, ...values: unknown[]) => {
    const text = strings.reduce((sql, part, index) => `${sql}$${index}${part}`)
    return (await pglite.query(text, values)).rows
  }
  return ask as unknown as Database
}

/** By SHA-256, as the store of product images keeps them. */
async function seedPictures(): Promise<(sha256: string) => Promise<Uint8Array | null>> {
  const files = JSON.parse(await readFile(new URL('files.json', SEED), 'utf8')) as { path: string; sha256: string }[]
  const paths = new Map(files.map(({ sha256, path }) => [sha256, path]))
  return async (sha256) => {
    const path = paths.get(sha256)
    return path ? readFile(new URL(path, SEED)) : null
  }
}
