import type { PGlite } from '@electric-sql/pglite'
import { html } from 'hono/html'

const SHOWN = 50

type Job = { id: string; kind: string; state: string; attempts: number; due_at: string; last_error: string | null }

/** The queue as a fragment of a page, newest first; read-only. */
export async function jobsPanel(pglite: PGlite): Promise<string> {
  const { rows } = await pglite.query<Job>(
    `select id, kind, state, attempts, to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as due_at, last_error
     from jobs order by seq desc limit $1`,
    [SHOWN],
  )
  const table = html`<table>
    <thead><tr><th>Job</th><th>Kind</th><th>State</th><th>Attempts</th><th>Due</th><th>Last error</th></tr></thead>
    <tbody>${rows.map(row)}</tbody>
  </table>`
  const empty = html`<p class="empty">No job yet. A payment makes the first one.</p>`
  return String(html`<section class="panel" id="jobs"><h2>Jobs</h2>${rows.length > 0 ? table : empty}</section>`)
}

function row({ id, kind, state, attempts, due_at, last_error }: Job) {
  return html`<tr>
    <td><code>${id}</code></td>
    <td>${kind}</td>
    <td><span class="state ${state}">${state}</span></td>
    <td data-label="Attempts:">${attempts}</td>
    <td data-label="Due:">${due_at}</td>
    <td>${last_error ?? ''}</td>
  </tr>`
}
