import { type messages, PGlite, protocol } from '@electric-sql/pglite'
import { types } from '@neondatabase/serverless'
import type { Database, Param } from '../../db/database.ts'
import { journalOf, readMigrationFiles } from '../support/migration-journal.ts'
import type { Timeline } from './timeline.ts'

export type SimulatedDatabase = Awaited<ReturnType<typeof openSimulatedDatabase>>

/** What a trigger of the simulator told while a statement ran. */
export type Told = { table: string; op: string; old: Row | null; new: Row | null }
export type Row = Record<string, string | number | boolean | null>

type Clock = Pick<Timeline, 'now' | 'real'>

const { serialize } = protocol

/**
 * Postgres finds these before its own functions of the same names, because the search path names `public` before `pg_catalog`. They
 * exist before the first migration, so that column defaults and views hold on to them too.
 */
const CLOCK = `
  create function public.now() returns timestamptz language sql stable as $$ select current_setting('sim.now')::timestamptz $$;
  create function public.clock_timestamp() returns timestamptz language sql volatile
    as $$ select current_setting('sim.now')::timestamptz $$;
  set sim.now = '2026-01-01T00:00:00Z';
  set search_path = public, pg_catalog;
  set plan_cache_mode = force_generic_plan;
`

/** Every change of these tables is told as a notice of the statement that made it, so that watching costs no statement of its own. */
const WATCH = `
  create function public.tell() returns trigger language plpgsql as $$ begin
    raise notice 'told %', json_build_object('table', tg_table_name, 'op', lower(tg_op),
      'old', case when tg_op <> 'INSERT' then to_json(old) end, 'new', case when tg_op <> 'DELETE' then to_json(new) end);
    return null;
  end $$;
  create trigger told after insert or update or delete on jobs for each row execute function public.tell();
  create trigger told after insert or update or delete on worker_slots for each row execute function public.tell();
  create trigger told after insert or update or delete on orders for each row execute function public.tell();`

/** A migrated database in memory whose clock is virtual, and which tells what happens to the queue and to orders. */
export async function openSimulatedDatabase() {
  const pglite = await PGlite.create()
  await pglite.exec(CLOCK)
  const files = await readMigrationFiles()
  for (const { sql } of files) await pglite.exec(sql)
  await pglite.exec(journalOf(files))
  await pglite.exec(WATCH)
  const tables = await emptyTablesOf(pglite)
  return {
    pglite,
    /** As it was after the migrations; `seed` decides what `random()` answers from now on. */
    async reset(seed: number) {
      await pglite.exec(`truncate ${tables.join(', ')} restart identity cascade;
        update worker_slots set holder = null, lease_until = '-infinity';
        select setseed(${((seed % 1000) - 500) / 500});`)
    },
    /** The database as the shop sees it, on the virtual clock; `tell` hears what each statement did. */
    connect: (clock: Clock, tell: (told: Told[]) => void) => connect(pglite, clock, tell),
    rows: async <Found>(sql: string) => (await pglite.query<Found>(sql)).rows,
    close: () => pglite.close(),
  }
}

/** Refused by Postgres; `code` is the SQLSTATE, as in the real driver's error. */
export class SqlRefused extends Error {
  readonly code: string | undefined
  constructor({ message, code }: messages.DatabaseError, text: string) {
    super(`${message}, in: ${text.trim().slice(0, 100)}`)
    this.code = code
  }
}

/** What a migration has filled is part of the schema and stays. */
async function emptyTablesOf(pglite: PGlite): Promise<string[]> {
  const { rows } = await pglite.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const empty: string[] = []
  for (const { name } of rows)
    if ((await pglite.query(`select 1 from ${name} limit 1`)).rows.length === 0) empty.push(name)
  return empty
}

function connect(pglite: PGlite, clock: Clock, tell: (told: Told[]) => void): Database {
  let last = 0
  // No two statements share a microsecond, as on a real server.
  const microseconds = () => {
    last = Math.max(last + 1, Math.floor(clock.now() * 1000))
    return last
  }
  return <Found extends object>(strings: TemplateStringsArray, ...values: Param[]) => {
    const text = strings.reduce((sql, part, i) => `${sql}$${i}${part}`)
    return clock.real(async () => {
      const answer = await exchange(pglite, [text, values], timestamp(microseconds()))
      tell(answer.flatMap(toTold))
      return toRows(answer) as Found[]
    })
  }
}

function timestamp(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000)
  const rest = String(microseconds % 1000).padStart(3, '0')
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`)
}

type Message = messages.BackendMessage

const prepared = new WeakMap<PGlite, Map<string, string>>()

/** One statement through the extended protocol with text parameters, as Neon takes them. */
async function exchange(pglite: PGlite, [text, values]: [string, Param[]], now: string): Promise<Message[]> {
  // Each text is parsed and planned once: planning is most of what a statement costs.
  const known = prepared.get(pglite) ?? new Map<string, string>()
  const statement = known.get(text) ?? `s${known.size}`
  const bytes = Buffer.concat([
    serialize.query(`set sim.now = '${now}'`),
    ...(known.has(text) ? [] : [serialize.parse({ text, name: statement })]),
    serialize.bind({ statement, values: values.map(asText) }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.sync(),
  ])
  const { messages: answer } = await pglite.execProtocol(bytes, { throwOnError: false })
  if (answer.some(({ name }) => name === 'parseComplete')) prepared.set(pglite, known.set(text, statement))
  const refusal = answer.find((message) => message.name === 'error')
  if (refusal) throw new SqlRefused(refusal as messages.DatabaseError, text)
  return answer
}

function asText(value: Param): string | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  return Array.isArray(value) ? `{${value.map((item) => JSON.stringify(item)).join(',')}}` : String(value)
}

function toRows(answer: Message[]): object[] {
  const described = answer.find((message) => message.name === 'rowDescription') as
    | messages.RowDescriptionMessage
    | undefined
  const fields = described?.fields ?? []
  const found = answer.filter((message) => message.name === 'dataRow') as messages.DataRowMessage[]
  const parse = (value: string | null, oid: number) =>
    value === null ? null : (types.getTypeParser(oid) as (text: string) => unknown)(value)
  return found.map((row) =>
    Object.fromEntries(fields.map(({ name, dataTypeID }, i) => [name, parse(row.fields[i] ?? null, dataTypeID)])),
  )
}

function toTold(message: Message): Told[] {
  const { message: text } = message as messages.NoticeMessage
  if (message.name !== 'notice' || !text?.startsWith('told ')) return []
  return [JSON.parse(text.slice(5)) as Told]
}
