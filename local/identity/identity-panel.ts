import { html } from 'hono/html'
import type { Account } from './account.ts'

/** The users as a fragment of a page; the buttons post to `/people/identity/*`. */
export function identityPanel(accounts: Account[]): string {
  const empty = html`<p class="empty">Nobody has signed up yet.</p>`
  const table = html`<table>
    <thead><tr><th>Email</th><th>State</th><th>Roles</th><th>Since</th><th>Actions</th></tr></thead>
    <tbody>${accounts.map(row)}</tbody>
  </table>`
  return String(
    html`<section class="panel" id="identity"><h2>Identity users</h2>${accounts.length > 0 ? table : empty}</section>`,
  )
}

function row(account: Account) {
  const { id, email, confirmed_at, created_at } = account
  const roles = rolesOf(account)
  return html`<tr>
    <td>${email}</td>
    <td>${confirmed_at ? 'confirmed' : 'not confirmed'}</td>
    <td>${roles.join(', ') || 'none'}</td>
    <td><time datetime="${created_at}">${created_at.slice(0, 19).replace('T', ' ')}</time></td>
    <td>
      ${confirmed_at ? '' : button(id, 'confirm', 'Confirm')}
      ${roles.includes('admin') ? '' : button(id, 'make-admin', 'Make admin')}
      ${button(id, 'delete', 'Delete')}
    </td>
  </tr>`
}

/** The roles that Netlify authorises by: `app_metadata.roles`. */
export function rolesOf({ app_metadata }: Account): string[] {
  const { roles } = app_metadata
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : []
}

function button(id: string, action: string, label: string) {
  return html`<form method="post" action="/people/identity/${action}">
    <input type="hidden" name="id" value="${id}"><button>${label}</button>
  </form>`
}
