import type { MailContent } from '../mail/mail-layout.ts'
import { countNotices } from './notice-kinds.ts'

/** Longer mails are cut by mailboxes, so of very many each says less. */
const TOLD_IN_FULL = 20
const SHORT = 300

/** One mail that says what several of one kind would have said; what they have in common is said once. */
export function writeDigest(kind: string, contents: MailContent[]): MailContent {
  const what = countNotices(kind, contents.length)
  const common = (contents[0]?.paragraphs ?? []).filter((text) =>
    contents.every(({ paragraphs }) => paragraphs.includes(text)),
  )
  const details = contents.map((content) => detailOf(content, common))
  return {
    subject: what,
    preview: contents
      .map(({ subject }) => subject)
      .join(', ')
      .slice(0, 120),
    heading: what,
    paragraphs: ['They came within minutes of each other, so they are in one mail.', ...common],
    action: null,
    facts: [],
    rows: contents.map(({ subject }, i) => ({
      label: subject,
      value: '',
      detail: shorten(details[i] ?? '', contents.length),
    })),
    notes: [...new Set(contents.flatMap(({ notes }) => notes))],
  }
}

function detailOf({ paragraphs, facts, rows, action }: MailContent, common: string[]): string {
  const own = paragraphs.filter((text) => !common.includes(text))
  const amounts = rows.map(({ label, value }) => `${label}: ${value}`)
  return [...facts, ...amounts, ...own, ...(action ? [action.url] : [])].join(' · ')
}

function shorten(text: string, count: number): string {
  return count <= TOLD_IN_FULL || text.length <= SHORT ? text : `${text.slice(0, SHORT)}…`
}
