import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import type { Mail } from './mail.ts'
import type { Mailbox } from './mailbox.ts'

// The message is a stranger's document: no script, nothing loaded but images, and no form.
const MESSAGE_POLICY =
  "default-src 'none'; img-src * data:; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox"

const STYLE = raw(`<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
  th { text-align: left; padding-right: 1rem; vertical-align: top }
  iframe { width: 100%; height: 40rem; margin-top: 1rem; border: 1px solid #ccc }
  pre { white-space: pre-wrap; overflow-wrap: anywhere }
  td { overflow-wrap: anywhere }
</style>`)

/** `GET /mail.json` (newest first), and the mailbox for people: `GET /mail/:id`, its bare document `GET /mail/:id.html`. */
export function createMailboxPages(mailbox: Mailbox): Hono {
  const pages = new Hono()
  pages.get('/mail.json', (context) => context.json(mailbox.newestFirst().map(summary)))
  pages.get('/mail/:file{.+\\.html}', (context) => {
    const message = mailbox.find(context.req.param('file').replace(/\.html$/, ''))?.html
    if (!message) return context.notFound()
    context.header('content-security-policy', MESSAGE_POLICY)
    return context.html(message)
  })
  pages.get('/mail/:id', (context) => {
    const mail = mailbox.find(context.req.param('id'))
    return mail ? context.html(messagePage(mail)) : context.notFound()
  })
  return pages
}

/** The mailbox as a fragment of a page, newest first. */
export function mailPanel(mails: Mail[]): string {
  const rows = mails.map(
    (mail) => html`<tr>
      <td>${mail.to.join(', ')}</td>
      <td><a href="/mail/${mail.id}">${mail.subject}</a></td>
      <td>${mail.state}</td>
      <td><time datetime="${mail.created_at}">${readable(mail.created_at)}</time></td>
    </tr>`,
  )
  const table = html`<table>
    <thead><tr><th>To</th><th>Subject</th><th>State</th><th>Time</th></tr></thead>
    <tbody>${rows}</tbody>
  </table>`
  const body = mails.length > 0 ? table : html`<p class="empty">No mail yet. Receipts and sign-up mails land here.</p>`
  return String(html`<section class="panel" id="mailbox"><h2>Mailbox</h2>${body}</section>`)
}

function summary({ id, to, from, subject, html, text, idempotency_key, created_at }: Mail) {
  return { id, to, from, subject, html, text, idempotency_key, created_at }
}

function messagePage(mail: Mail): string {
  const rows = headersOf(mail).map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)
  return String(html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${mail.subject}</title>${STYLE}</head>
<body class="message">
<p><a href="/">Local services</a></p>
<h1>${mail.subject}</h1>
<table>${rows}</table>
${frame(mail)}
<h2>Plain text</h2>
<pre>${mail.text ?? 'This mail has no plain text.'}</pre>
</body>
</html>`)
}

/** The links of a mail open in their own tab, since the store refuses to be framed. */
function frame(mail: Mail) {
  if (!mail.html) return html`<p>This mail has no HTML.</p>`
  return html`<iframe title="The message" sandbox="allow-popups allow-popups-to-escape-sandbox"
    srcdoc="${`<base target="_blank">${mail.html}`}"></iframe>
<p><a href="/mail/${mail.id}.html">The message alone</a></p>`
}

function headersOf(mail: Mail): [string, string][] {
  const optional = { Cc: mail.cc, Bcc: mail.bcc, 'Reply-To': mail.reply_to, Tags: mail.tags.map(tagText) }
  const given = Object.entries(optional).filter(([, list]) => list.length > 0)
  return [
    ['From', mail.from],
    ['To', mail.to.join(', ')],
    ...given.map(([name, list]): [string, string] => [name, list.join(', ')]),
    ['Date', mail.created_at],
    ['State', mail.state],
    ['Idempotency-Key', mail.idempotency_key ?? 'none'],
    ...Object.entries(mail.headers),
    ...mail.attachments.map(({ filename, path }): [string, string] => ['Attachment', filename ?? path ?? 'unnamed']),
  ]
}

function tagText({ name, value }: { name: string; value: string }): string {
  return `${name}=${value}`
}

function readable(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ')
}
