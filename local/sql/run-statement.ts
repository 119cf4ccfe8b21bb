import { type messages, type PGlite, protocol } from '@electric-sql/pglite'
import type { SqlQuery } from './payload.ts'

/** Postgres refused the statement; `fields` are those of its ErrorResponse. */
export class StatementRefused extends Error {
  readonly fields: messages.DatabaseError
  constructor(fields: messages.DatabaseError) {
    super(fields.message)
    this.fields = fields
  }
}

/** The answer as Neon writes it: every value as Postgres' own text, so that the driver does all the parsing. */
export type SqlResult = {
  command: string
  rowCount: number | null
  rowAsArray: true
  fields: { name: string; tableID: number; columnID: number; dataTypeID: number }[]
  rows: (string | null)[][]
}

const { serialize } = protocol

/**
 * Runs one statement through the extended protocol with text parameters and text results. Throws StatementRefused;
 * two statements in one text are refused by Postgres itself (42601), as on Neon.
 */
export async function runStatement(pglite: PGlite, { query, params }: SqlQuery): Promise<SqlResult> {
  const values = params.map((value) => (value === null ? null : String(value)))
  const steps = [
    serialize.parse({ text: query }),
    serialize.bind({ values }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.sync(),
  ]
  return toResult(await exchange(pglite, Buffer.concat(steps)))
}

/** Runs a statement of our own that has no parameters and no result. Throws StatementRefused. */
export async function runCommand(pglite: PGlite, text: string): Promise<void> {
  await exchange(pglite, serialize.query(text))
}

async function exchange(pglite: PGlite, bytes: Uint8Array) {
  const { messages: answer } = await pglite.execProtocol(bytes, { throwOnError: false })
  const refusal = answer.find((message) => message.name === 'error')
  if (refusal) throw new StatementRefused(refusal as messages.DatabaseError)
  return answer
}

function toResult(answer: Awaited<ReturnType<typeof exchange>>): SqlResult {
  const result: SqlResult = { command: '', rowCount: null, rowAsArray: true, fields: [], rows: [] }
  for (const message of answer) {
    if (message.name === 'rowDescription') result.fields = (message as messages.RowDescriptionMessage).fields
    if (message.name === 'dataRow') result.rows.push((message as messages.DataRowMessage).fields)
    if (message.name === 'commandComplete') {
      Object.assign(result, parseTag((message as messages.CommandCompleteMessage).text))
    }
  }
  return result
}

/** Command tags: `INSERT 0 3`, `UPDATE 2`, `SELECT 1`, `CREATE TABLE`. */
function parseTag(tag: string): { command: string; rowCount: number | null } {
  const [command = '', ...rest] = tag.split(' ')
  const last = rest.at(-1)
  return { command, rowCount: last !== undefined && /^\d+$/.test(last) ? Number(last) : null }
}
