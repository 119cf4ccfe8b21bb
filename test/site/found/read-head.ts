/** What the head of a built page says. */
export type Head = {
  title: string
  description: string
  canonical: string | undefined
  isHidden: boolean
  meta: Record<string, string>
}

/** Reads the head of a page that the build wrote; values are unescaped. */
export function readHead(html: string): Head {
  const head = html.slice(0, html.indexOf('</head>'))
  const pairs = [...head.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)">/g)]
  const meta = Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, plain(value)]))
  return {
    title: plain(/<title>(.*?)<\/title>/s.exec(head)?.[1] ?? ''),
    description: meta.description ?? '',
    canonical: /<link rel="canonical" href="([^"]*)">/.exec(head)?.[1],
    isHidden: (meta.robots ?? '').includes('noindex'),
    meta,
  }
}

/** What a page tells machines about itself, by schema.org's type of it. */
export function readData(html: string): Record<string, Record<string, unknown>> {
  const blocks = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, text = '']) =>
    JSON.parse(text),
  )
  const things = blocks.flatMap((block) => block['@graph'] ?? [block])
  return Object.fromEntries(things.map((thing) => [thing['@type'], thing]))
}

function plain(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
