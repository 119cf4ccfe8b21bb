import { html } from 'hono/html'
import type { FaultWish } from './faults.ts'

const VENDOR_MODES = ['500', '429', 'timeout', 'reset', 'accept_then_reset']
const WISHES = [
  { service: 'stripe', label: 'Stripe', modes: VENDOR_MODES },
  { service: 'resend', label: 'Resend', modes: VENDOR_MODES },
  { service: 'sql', label: 'Database', modes: VENDOR_MODES },
  { service: 's3', label: 'Bucket', modes: VENDOR_MODES },
  { service: 'identity', label: 'Identity', modes: VENDOR_MODES },
  { service: 'netlify', label: 'Build hook', modes: VENDOR_MODES },
  { service: 'webhook', label: 'Stripe’s webhook', modes: ['drop', 'delay', 'duplicate'] },
]

/** The faults as a fragment of a page: what is still to go wrong, and a row of buttons for each service. */
export function faultsPanel(wishes: FaultWish[]): string {
  const active = html`<ul>${wishes.map((wish) => html`<li>${describe(wish)}</li>`)}</ul>`
  const none = html`<p class="empty">Nothing is set to go wrong.</p>`
  return String(html`<section class="panel" id="faults"><h2>Faults</h2>
    ${wishes.length > 0 ? active : none}
    <p class="hint">Say how many of the next requests go wrong, and how. <em>Accept then reset</em> does the work and cuts the connection unanswered.</p>
    <table><thead><tr><th>Service</th><th>The next requests</th></tr></thead><tbody>${WISHES.map(row)}</tbody></table>
  </section>`)
}

function describe(wish: FaultWish): string {
  const path = 'path' in wish && wish.path ? ` of ${wish.path}` : ''
  return `${wish.service}: the next ${wish.count} requests${path} end in ${wish.mode.replaceAll('_', ' ')}`
}

function row({ service, label, modes }: (typeof WISHES)[number]) {
  return html`<tr>
    <td>${label}</td>
    <td><form method="post" action="/people/faults">
      <input type="hidden" name="service" value="${service}">
      <input name="count" type="number" min="1" max="1000000" value="1" required aria-label="How many requests">
      ${modes.map((mode) => html`<button name="mode" value="${mode}">${mode.replaceAll('_', ' ')}</button>`)}
      <button name="end" value="${modes[0]}">Clear</button>
    </form></td>
  </tr>`
}
