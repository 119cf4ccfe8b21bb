/** Reports a click on a link that leads to another shop at once. The browser sends it behind the page that opens, and never waits for it. */
function report(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-click]') : null
  const slug = link?.dataset.click
  // auxclick is every button but the first; the second one opens a tab, the third a menu.
  if (!slug || event.button > 1) return
  navigator.sendBeacon('/log_click', new Blob([JSON.stringify({ slug })], { type: 'application/json' }))
}

for (const kind of ['click', 'auxclick'] as const) document.addEventListener(kind, report)

export {}
