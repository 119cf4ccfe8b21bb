import { writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import type { Batch, Database, Param } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { describeSchema } from './describe-schema.ts'

/** `npm run schema`: writes db/schema.sql and db/schema-version.ts anew from the migrations. */
const pglite = await PGlite.create()
const db: Database = async <Row extends object>(strings: TemplateStringsArray, ...values: Param[]) =>
  (await pglite.query<Row>(strings.join(''), values)).rows
const batch: Batch = async (statements) => {
  await pglite.transaction(async (tx) => {
    for (const statement of statements) await tx.query(statement)
  })
}
await migrate({ db, batch })
await writeFile(new URL('../db/schema.sql', import.meta.url), await describeSchema(pglite))
const names = (await pglite.query<{ name: string }>('select max(name) as name from migrations')).rows.map(
  ({ name }) => name,
)
await writeFile(new URL('../db/schema-version.ts', import.meta.url), describeVersion(names[0] ?? ''))
await pglite.close()

function describeVersion(name: string): string {
  const doc = '/** The newest migration that this code knows: written by `npm run schema`. */'
  return `${doc}\nexport const SCHEMA_VERSION = '${name}'\n`
}
