import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * What an emulator remembers: named collections of JSON documents in insertion order, in one SQLite file.
 * Every write is on disk before the call returns, so a `kill -9` loses nothing that was answered.
 */
export type Ledger = {
  get<Doc>(collection: string, id: string): Doc | undefined
  /** Inserts or replaces; a replaced document keeps its place in the order. */
  put(collection: string, id: string, doc: unknown): void
  delete(collection: string, id: string): void
  /** All documents of a collection, oldest first. */
  list<Doc>(collection: string): Doc[]
  /** Runs `work` in one transaction: all of its writes or none. */
  atomically<Result>(work: () => Result): Result
  close(): void
}

const SCHEMA = `
  pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;
  create table if not exists docs (
    seq integer primary key autoincrement, collection text not null, id text not null, doc text not null,
    unique (collection, id)
  );`

/** Opens the ledger in `file`; `:memory:` keeps it in memory for a test. */
export function openLedger(file: string): Ledger {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const db = new DatabaseSync(file)
  db.exec(SCHEMA)
  const read = db.prepare('select doc from docs where collection = ? and id = ?')
  const write = db.prepare(
    'insert into docs (collection, id, doc) values (?, ?, ?) on conflict (collection, id) do update set doc = excluded.doc',
  )
  const remove = db.prepare('delete from docs where collection = ? and id = ?')
  const all = db.prepare('select doc from docs where collection = ? order by seq')
  const parse = (row: Record<string, unknown>) => JSON.parse(String(row.doc))
  return {
    get: (collection, id) => {
      const row = read.get(collection, id)
      return row && parse(row)
    },
    put: (collection, id, doc) => void write.run(collection, id, JSON.stringify(doc)),
    delete: (collection, id) => void remove.run(collection, id),
    list: (collection) => all.all(collection).map(parse),
    atomically: (work) => inTransaction(db, work),
    close: () => db.close(),
  }
}

function inTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec('begin immediate')
  try {
    const result = work()
    db.exec('commit')
    return result
  } catch (error) {
    db.exec('rollback')
    throw error
  }
}
