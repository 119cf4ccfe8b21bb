/** The look of the services page. Panels bring sections, tables, lists and forms, and no classes of their own but a few. */
export const SERVICES_STYLE = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5d6675; --paper: #fff; --ground: #f4f5f7; --line: #dde1e7; --accent: #2f5bd7 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebf0; --soft: #9aa4b5; --paper: #1c212b; --ground: #12151c; --line: #323a48; --accent: #8fb0ff }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
header, main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 0 }
main { padding-bottom: 4rem; display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr) }
h1 { margin: 0; font-size: 1.6rem; letter-spacing: -.01em }
h2 { margin: 0 0 .75rem; font-size: 1.1rem }
header p { margin: .25rem 0 0; color: var(--soft) }
a { color: var(--accent) }
nav { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: 1rem }
nav a { padding: .25rem .75rem; border: 1px solid var(--line); border-radius: 999px; background: var(--paper); text-decoration: none }
.panel { padding: 1.25rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--paper); overflow-x: auto }
.empty { margin: 0; color: var(--soft) }
table { width: 100%; min-width: 42rem; border-collapse: collapse; font-size: .9rem }
th { padding: .4rem .6rem; color: var(--soft); font-weight: 500; text-align: left }
td { padding: .5rem .6rem; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word }
td form { display: inline-flex; flex-wrap: wrap; gap: .35rem; margin: 0 .35rem .35rem 0 }
time, code { font-variant-numeric: tabular-nums; white-space: nowrap }
code { font: .85em ui-monospace, monospace; white-space: normal; overflow-wrap: anywhere }
.empty + table, .hint + table { margin-top: .75rem }
tr.more td { padding-top: 0; border-top: 0 }
details { font-size: .9em }
summary { color: var(--soft); cursor: pointer }
details ul { margin: .35rem 0; padding-left: 1.2rem }
.hint { margin: .35rem 0 0; color: var(--soft) }
button, input { padding: .25rem .6rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--ground); color: inherit; font: inherit }
button { cursor: pointer }
button:hover, nav a:hover { border-color: var(--accent) }
input[type=number] { width: 5.5rem }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.state { padding: .05rem .5rem; border-radius: 999px; background: var(--ground) }
.state.dead { background: #b3261e; color: #fff }
.state.done { background: #1e7d46; color: #fff }
@media (max-width: 44rem) {
  table { min-width: 0 }
  table, tbody, tr, td { display: block }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  tr { padding: .6rem 0; border-top: 1px solid var(--line) }
  tr.more { padding-top: 0; border-top: 0 }
  td { padding: .1rem 0; border-top: 0; overflow-wrap: anywhere }
  td:empty { display: none }
  td[data-label]::before { content: attr(data-label) ' '; color: var(--soft) }
  button, nav a { min-height: 2.25rem }
}
`
