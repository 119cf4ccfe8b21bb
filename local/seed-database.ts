import { readdir, readFile } from 'node:fs/promises'
import type { PGlite } from '@electric-sql/pglite'

const SEED = new URL('../db/seed/', import.meta.url)

/** Fills a database that was just created with the demo shop, each file as one transaction. */
export async function seedDatabase(pglite: PGlite): Promise<void> {
  const names = (await readdir(SEED)).filter((name) => name.endsWith('.sql')).sort()
  for (const name of names) await pglite.exec(await readFile(new URL(name, SEED), 'utf8'))
}
