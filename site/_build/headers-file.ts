/** Header name and value by path, as shop/headers.ts says them. */
export type HeadersByPath = Record<string, Record<string, string>>

/** The text of Netlify's `_headers` file: a path, then its headers indented below it. */
export function headersFile(headers: HeadersByPath): string {
  return Object.entries(headers).map(block).join('\n')
}

function block([path, values]: [string, Record<string, string>]): string {
  const lines = Object.entries(values).map(([name, value]) => `  ${name}: ${value}\n`)
  return `${path}\n${lines.join('')}`
}
