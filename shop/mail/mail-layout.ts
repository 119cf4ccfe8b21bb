import type { Shop } from '../shop-config.ts'

/** What a mail says, before it has a look. Texts are plain; the layout escapes them. */
export type MailContent = {
  subject: string
  /** Shown by mailboxes next to the subject. */
  preview: string
  heading: string
  paragraphs: string[]
  action: { label: string; url: string } | null
  /** Quiet lines above the rows, such as the order's number and date. */
  facts: string[]
  /** Two columns: what, how much; the second may be empty. `detail` stands small below the label. */
  rows: { label: string; value: string; detail?: string; isTotal?: boolean }[]
  /** Under the rows, smaller. */
  notes: string[]
}

type Sender = Pick<Shop, 'name' | 'seller' | 'supportEmail' | 'locale'>

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
// The light colours of site/assets/css/theme.css, written out since mail programs know no variables; a test keeps them alike.
const INK = '#121c2f'
const SOFT = '#4c5666'
const LINE = '#d8d6cc'
const ACCENT = '#0f5c4c'
const PAPER = '#f7f6f2'
const QUIET = `${FONT};font-size:14px;line-height:21px;color:${SOFT}`
// An order's number, the longest word of a mail, fits on one line of a 360 pixel phone at this size.
const FACT = `${FONT};font-size:13px;line-height:20px;color:${SOFT}`

/** A mail as HTML for narrow and old mail programs: one column, one table, every style in its element, no picture. */
export function layoutHtml(content: MailContent, sender: Sender): string {
  const { preview, heading, paragraphs, action, facts, rows, notes } = content
  return `<!doctype html>
<html lang="${escapeHtml(sender.locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><title>${escapeHtml(content.subject)}</title></head>
<body style="margin:0;padding:0;background:${PAPER}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:${PAPER}"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:12px">
<tr><td style="padding:28px 24px 0 24px;${FONT};font-size:14px;font-weight:600;color:${SOFT}">${escapeHtml(sender.name)}</td></tr>
<tr><td style="padding:8px 24px 0 24px;${FONT};font-size:24px;line-height:30px;font-weight:700;color:${INK}">${escapeHtml(heading)}</td></tr>
${paragraphs.map((text) => `<tr><td style="padding:12px 24px 0 24px;${FONT};font-size:16px;line-height:24px;color:${INK}">${escapeHtml(text)}</td></tr>`).join('\n')}
${action ? buttonHtml(action) : ''}
${facts.length > 0 ? `<tr><td style="padding:20px 24px 0 24px;${FACT}">${facts.map(escapeHtml).join('<br>')}</td></tr>` : ''}
${rows.length > 0 ? rowsHtml(rows) : ''}
${notes.map((text) => `<tr><td style="padding:12px 24px 0 24px;${QUIET}">${linkify(text)}</td></tr>`).join('\n')}
<tr><td style="padding:24px 24px 28px 24px;${QUIET}">${footerLines(sender).map(linkify).join('<br>')}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`
}

/** The same mail as plain text. */
export function layoutText(content: MailContent, sender: Sender): string {
  const { heading, paragraphs, action, facts, rows, notes } = content
  const parts = [
    heading,
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    facts.join('\n'),
    rows
      .map(({ label, value, detail }) => `${value ? `${label}: ${value}` : label}${detail ? `\n  ${detail}` : ''}`)
      .join('\n'),
    ...notes,
    `-- \n${footerLines(sender).join('\n')}`,
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function buttonHtml({ label, url }: NonNullable<MailContent['action']>): string {
  const style = `display:inline-block;padding:14px 22px;border-radius:8px;background:${ACCENT};color:#ffffff;${FONT};font-size:16px;font-weight:600;text-decoration:none`
  return `<tr><td style="padding:20px 24px 4px 24px"><a href="${escapeHtml(url)}" style="${style}">${escapeHtml(label)}</a></td></tr>`
}

function rowsHtml(rows: MailContent['rows']): string {
  const cells = rows.map(({ label, value, detail, isTotal }) => {
    const look = `padding:10px 0;border-top:1px solid ${LINE};${FONT};font-size:15px;line-height:22px;color:${INK}${isTotal ? ';font-weight:700' : ''}`
    const below = detail ? `<br><span style="${FACT}">${escapeHtml(detail)}</span>` : ''
    return `<tr><td style="${look}">${escapeHtml(label)}${below}</td><td align="right" valign="top" style="${look};padding-left:16px;white-space:nowrap">${escapeHtml(value)}</td></tr>`
  })
  return `<tr><td style="padding:12px 24px 0 24px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0">${cells.join('')}</table></td></tr>`
}

/** The seller's disclosure, which the law asks for in every business mail. */
function footerLines({ seller, supportEmail }: Sender): string[] {
  return [seller.name, ...seller.address, ...seller.registrations, supportEmail]
}

/** Escaped text in which addresses of pages and mailboxes can be clicked. */
function linkify(text: string): string {
  return escapeHtml(text).replace(/https?:\/\/[^\s<]+[^\s<.,]|[^\s<>@]+@[^\s<>@]+\.[a-z]+/g, (address) => {
    const href = address.startsWith('http') ? address : `mailto:${address}`
    return `<a href="${href}" style="color:${SOFT}">${address}</a>`
  })
}

/** Text as HTML, safe in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
