/** The look of the hosted payment page; the page loads nothing from elsewhere. */
export const HOSTED_STYLE = `
:root { color-scheme: light; --ink: #1a1f36; --soft: #5b6478; --line: #d8dee8; --accent: #3b5bdb; --bad: #b42318; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: #f6f8fb; }
.notice { margin: 0; padding: .6rem 1rem; text-align: center; background: #fff3cd; border-bottom: 1px solid #f0dfa0; font-size: .9rem; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; display: grid; gap: 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
h1 { margin: 0 0 1rem; font-size: 1.05rem; font-weight: 600; color: var(--soft); }
.total { margin: 0 0 1.5rem; font-size: 2.2rem; font-weight: 700; letter-spacing: -.02em; }
table { width: 100%; border-collapse: collapse; }
td, th { padding: .6rem 0; text-align: left; font-weight: 400; vertical-align: top; border-top: 1px solid var(--line); }
td:last-child { text-align: right; white-space: nowrap; }
tr.sum th, tr.sum td { font-weight: 700; }
small { display: block; color: var(--soft); }
form.pay, .card { background: #fff; border: 1px solid var(--line); border-radius: 12px; padding: 1.5rem; }
label { display: block; margin: 0 0 1rem; font-size: .9rem; font-weight: 600; }
label.check { font-weight: 400; display: flex; gap: .5rem; align-items: start; }
input:not([type=checkbox]) { display: block; width: 100%; margin-top: .3rem; padding: .7rem .8rem; font: inherit; font-weight: 400; border: 1px solid #b9c2d0; border-radius: 8px; background: #fff; color: inherit; }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid #a5b8ff; outline-offset: 1px; }
.code { display: flex; gap: .5rem; align-items: end; margin-top: 1.5rem; }
.code label { flex: 1; margin: 0; }
button { padding: .75rem 1rem; font: inherit; font-weight: 600; border: 1px solid var(--line); border-radius: 8px; background: #fff; color: inherit; cursor: pointer; }
button.main { width: 100%; border-color: var(--accent); background: var(--accent); color: #fff; }
.error { margin: 0 0 1rem; padding: .7rem .8rem; border-radius: 8px; background: #fef3f2; border: 1px solid #fda29b; color: var(--bad); }
a.cancel { display: block; margin-top: 1rem; text-align: center; color: var(--soft); }
.card { grid-column: 1 / -1; justify-self: center; width: min(100%, 32rem); text-align: center; }
.tests { margin-top: 1.75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); font-size: .85rem; color: var(--soft); }
.tests h2 { margin: 0 0 .35rem; font-size: .85rem; font-weight: 600; color: var(--ink); }
.tests ul { margin: 0 0 1rem; padding: 0; list-style: none; }
.tests li { padding: .15rem 0; }
.tests code { white-space: nowrap; }
code { font: .95em ui-monospace, monospace; color: var(--ink); }
a { color: var(--accent); }
`
