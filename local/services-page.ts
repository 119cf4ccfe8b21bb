import { html, raw } from 'hono/html'
import { SERVICES_STYLE } from './services-style.ts'

const TITLES = [
  ['mailbox', 'Mailbox'],
  ['stripe', 'Payments'],
  ['jobs', 'Jobs'],
  ['identity', 'Users'],
  ['faults', 'Faults'],
]

/** The page for people at PORT + 1. `panels` are fragments of HTML that their makers have escaped. */
export function servicesPage(siteUrl: string, panels: string[]): string {
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Local services</title>
<style>${raw(SERVICES_STYLE)}</style>
</head>
<body>
<header>
  <h1>Local services</h1>
  <p>Everything that the store at <a href="${siteUrl}">${siteUrl}</a> talks to, on this machine.
    Pay with <code>4242 4242 4242 4242</code>. Times are in UTC; reload to see what has happened since.</p>
  <nav>
    ${TITLES.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}
    <a href="/">Reload</a>
    <a href="${siteUrl}/store/">Store</a>
  </nav>
</header>
<main>${raw(panels.join('\n'))}</main>
</body>
</html>`)
}
