import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Page = { path: string; text: string }

const ROOT = new URL('../../', import.meta.url)

export function pathOf(file: string): string {
  return fileURLToPath(new URL(file, ROOT))
}

/** A file of the repository as text; `path` from its root. */
export function readPage(path: string): Page {
  return { path, text: readFileSync(pathOf(path), 'utf8') }
}

/** The README and everything under docs/. */
export function readPages(): Page[] {
  const docs = readdirSync(pathOf('docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  return ['README.md', ...docs.map((name) => `docs/${name}`)].map(readPage)
}

/** Fenced blocks in this language, indented ones too. */
export function codeBlocks({ text }: Page, language: string): string[] {
  const fence = new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\``, 'gm')
  return [...text.matchAll(fence)].map(([, , code = '']) => code)
}

/** The rows, without the header's, of the first table after a line that contains `before`. */
export function tableAfter({ path, text }: Page, before: string): string[][] {
  const start = text.indexOf(before)
  if (start < 0) throw new Error(`${path} has no line with "${before}"`)
  const [table] = /(^\|.*\n)+/m.exec(text.slice(start)) ?? []
  if (!table) throw new Error(`${path} has no table after "${before}"`)
  const rows = table.trim().split('\n').slice(2)
  return rows.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

/** What a cell says without its code marks. */
export function plain(cell = ''): string {
  return cell.replace(/^`(.*)`$/, '$1')
}

/** The anchors that GitHub makes of the headings. */
export function anchors({ text }: Page): string[] {
  const prose = text.replace(/^ *```[\s\S]*?^ *```/gm, '')
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
