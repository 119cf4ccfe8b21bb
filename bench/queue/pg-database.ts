import type { Pool } from 'pg'
import type { Batch, Database, Param } from '../../db/database.ts'

/**
 * The shop's way to say SQL, over a pool of `pg` as the peers use it. `prepared` names each statement, so that the server parses it
 * once for each connection, as graphile-worker does.
 */
export function createPgDatabase(pool: Pool, { prepared }: { prepared: boolean }): Database {
  const names = new Map<TemplateStringsArray, string>()
  const nameOf = (strings: TemplateStringsArray) => {
    const name = names.get(strings) ?? `till_${names.size}`
    names.set(strings, name)
    return name
  }
  return async <Row extends object>(strings: TemplateStringsArray, ...values: Param[]) => {
    const text = strings.reduce((sql, part, i) => `${sql}$${i}${part}`)
    const query = prepared ? { name: nameOf(strings), text, values } : { text, values }
    return (await pool.query<Row>(query)).rows
  }
}

/** Statements as one transaction. */
export function createPgBatch(pool: Pool): Batch {
  return async (statements) => {
    await pool.query(['begin', ...statements, 'commit'].join(';\n'))
  }
}
