import { setImmediate as nextTurn } from 'node:timers/promises'
import { NeonDbError, neon, neonConfig } from '@neondatabase/serverless'
import type { Batch, Database, Param } from '../db/database.ts'
import { VendorDown } from '../shop/errors.ts'

type Settings = { databaseUrl: string; sqlEndpoint: string | undefined }

const TIMEOUT_MS = 10_000
const TRIES = 3

/** Conflicts between concurrent statements; nothing was written, so the same statement may be sent again. */
const CONFLICTS = new Set(['40001', '40P01'])
/** Connection failures, exhausted resources and shutdowns: the database is there, but not for us now. */
const UNAVAILABLE = /^(08|53|57P)/

/** The database over Neon's HTTP protocol, with a fresh timeout for every statement. */
export function createDatabase(settings: Settings): Database {
  const run = connect(settings)
  return async <Row extends object>(strings: TemplateStringsArray, ...values: Param[]) => {
    const text = strings.reduce((sql, part, i) => `${sql}$${i}${part}`)
    const rows = await retrying(async () => (await run.query(text, values.map(storable), fresh())) as Row[])
    // The body is read a turn before its connection is free; a statement sent at once would open another one, with its handshakes.
    await nextTurn()
    return rows
  }
}

/** Runs statements as one non-interactive transaction. */
export function createBatch(settings: Settings): Batch {
  const run = connect(settings)
  return async (statements) => {
    await retrying(() =>
      run.transaction(
        statements.map((text) => run.query(text)),
        fresh(),
      ),
    )
  }
}

function connect({ databaseUrl, sqlEndpoint }: Settings) {
  // The driver keeps its endpoint globally; one process talks to one database.
  if (sqlEndpoint) neonConfig.fetchEndpoint = sqlEndpoint
  return neon(databaseUrl)
}

/**
 * Values as Postgres takes them: its text has no NUL, and Neon's proxy reads no half of a surrogate pair, so one such character in
 * what a stranger typed would cost the whole statement, a paid order included.
 */
function storable(value: Param): Param {
  if (Array.isArray(value)) return value.map(storableText)
  return typeof value === 'string' ? storableText(value) : value
}

function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}

function fresh() {
  return { fetchOptions: { signal: AbortSignal.timeout(TIMEOUT_MS) } }
}

async function retrying<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof NeonDbError)) throw error
      const code = error.code
      if (!code || UNAVAILABLE.test(code))
        throw new VendorDown('database', 'The database does not answer.', { cause: error })
      if (!CONFLICTS.has(code) || attempt === TRIES) throw error
    }
  }
}
