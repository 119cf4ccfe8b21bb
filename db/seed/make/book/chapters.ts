import { readdirSync, readFileSync } from 'node:fs'
import { marked } from 'marked'

/** A chapter of the e-book: its title and its text as HTML without the title. */
export type Chapter = { id: string; number: string; title: string; html: string }

/** All chapters in reading order, from the Markdown files of this folder. */
export function chapters(): Chapter[] {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.md'))
    .sort()
  return files.map(readChapter)
}

function readChapter(name: string): Chapter {
  const source = readFileSync(`${import.meta.dirname}/${name}`, 'utf8')
  const title = /^# (.+)$/m.exec(source)?.[1] ?? name
  const order = Number(name.slice(0, 2))
  const html = marked.parse(source.replace(/^# .+$/m, ''), { async: false })
  const number = order >= 1 && order <= 8 ? String(order) : ''
  return { id: `part-${order}`, number, title, html: markExercises(html) }
}

function markExercises(html: string): string {
  return html.replaceAll('<blockquote>\n<p><strong>Exercise.', '<blockquote class="exercise">\n<p><strong>Exercise')
}
