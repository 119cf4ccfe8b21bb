import type { PGlite } from '@electric-sql/pglite'
import { PayloadRefused, type SqlPayload, type SqlQuery } from './payload.ts'
import { runCommand, runStatement, type SqlResult } from './run-statement.ts'

const ISOLATION_LEVELS = new Map([
  ['ReadUncommitted', 'read uncommitted'],
  ['ReadCommitted', 'read committed'],
  ['RepeatableRead', 'repeatable read'],
  ['Serializable', 'serializable'],
])

/** Runs what one request asks for, alone on the only connection, and leaves no session state behind. */
export function runPayload(pglite: PGlite, payload: SqlPayload, headers: Headers) {
  const begin = 'queries' in payload ? beginOf(headers) : ''
  return alone(pglite, async () => {
    if ('queries' in payload) return { results: await runBatch(pglite, payload.queries, begin) }
    return await runStatement(pglite, payload)
  })
}

/** All statements or none, as one transaction. */
async function runBatch(pglite: PGlite, queries: SqlQuery[], begin: string): Promise<SqlResult[]> {
  const results: SqlResult[] = []
  await runCommand(pglite, begin)
  for (const query of queries) results.push(await runStatement(pglite, query))
  await runCommand(pglite, 'commit')
  return results
}

function beginOf(headers: Headers): string {
  const asked = headers.get('neon-batch-isolation-level')
  const level = asked === null ? '' : ISOLATION_LEVELS.get(asked)
  if (level === undefined) throw new PayloadRefused('invalid isolation level', 400)
  const readOnly = headers.get('neon-batch-read-only') === 'true'
  const deferrable = headers.get('neon-batch-deferrable') === 'true'
  return `begin${level && ` isolation level ${level}`}${readOnly ? ' read only' : ''}${deferrable ? ' deferrable' : ''}`
}

/**
 * Neon hands a pooled connection to each request and cleans it on return. Here the same connection serves everybody, so an
 * open transaction, a SET or a session lock of one request must not reach the next.
 */
function alone<Result>(pglite: PGlite, work: () => Promise<Result>): Promise<Result> {
  return pglite._runExclusiveTransaction(() =>
    pglite.runExclusive(async () => {
      try {
        return await work()
      } finally {
        await runCommand(pglite, 'rollback')
        await runCommand(pglite, 'discard all')
      }
    }),
  )
}
