/** What hides a semicolon: line and block comments, quoted strings and names, dollar-quoted bodies. */
const HIDING = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1/y

/** The statements of a .sql file, without their semicolons: Neon's HTTP protocol takes one statement at a time. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = []
  let start = 0
  for (let at = 0; at < sql.length; ) {
    HIDING.lastIndex = at
    const hidden = HIDING.exec(sql)?.[0].length
    if (!hidden && sql[at] === ';') {
      statements.push(sql.slice(start, at))
      start = at + 1
    }
    at += hidden ?? 1
  }
  return [...statements, sql.slice(start)].map((text) => text.trim()).filter((text) => !isOnlyComment(text))
}

function isOnlyComment(text: string): boolean {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() === ''
}
