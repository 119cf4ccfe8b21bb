/** The types of PostgreSQL's messages that make the server run a statement: a simple query, and an execution of a parsed one. */
const RUNS = new Set(['Q', 'E'].map((type) => type.charCodeAt(0)))

/** Counts the statements in what clients send to PostgreSQL, by its protocol's message headers. */
export function createStatementCounter() {
  const unread = new Map<number, Buffer>()
  let statements = 0
  return {
    statements: () => statements,
    read(bytes: Buffer, connection: number): void {
      // A connection's first message, the startup packet, has a length but no type.
      const isFirst = !unread.has(connection)
      let rest = Buffer.concat([unread.get(connection) ?? Buffer.alloc(0), bytes])
      if (isFirst) rest = rest.subarray(rest.readUInt32BE(0))
      while (rest.length >= 5 && rest.length > rest.readUInt32BE(1)) {
        if (RUNS.has(rest[0] ?? 0)) statements += 1
        rest = rest.subarray(1 + rest.readUInt32BE(1))
      }
      unread.set(connection, rest)
    },
  }
}
