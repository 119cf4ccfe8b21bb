import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The headers that a built site's `_headers` gives to paths of this pattern, without the upgrade to https, which a test does not serve. */
export async function readHeaders(folder: string, pattern: string): Promise<Record<string, string>> {
  const text = await readFile(join(folder, '_headers'), 'utf8')
  const [, ...lines] =
    text
      .split(/\n(?=\S)|\n$/)
      .find((block) => block.startsWith(`${pattern}\n`))
      ?.split('\n  ') ?? []
  const headers = lines.filter(Boolean).map((line) =>
    line
      .trim()
      .split(/: (.*)/s)
      .slice(0, 2),
  )
  return Object.fromEntries(
    headers.map(([name, value = '']) => [name, value.replace('; upgrade-insecure-requests', '')]),
  )
}
