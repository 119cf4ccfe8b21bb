/** The forms of secrets that vendors give out, and of keys; each with what its random part is. */
const FORMS: [string, RegExp][] = [
  ['a Stripe key', /\b[sr]k_(?:live|test)_([A-Za-z0-9]{20,})/g],
  ['a signing secret', /\bwhsec_([A-Za-z0-9+/=]{24,})/g],
  ['a Resend key', /\bre_([A-Za-z0-9]{6,}_[A-Za-z0-9]{18,})/g],
  ['a Netlify token', /\bnfp_([A-Za-z0-9]{20,})/g],
  ['a GitHub token', /\bgh[opsu]_([A-Za-z0-9]{30,})/g],
  ['an AWS key', /\bAKIA([A-Z0-9]{16})\b/g],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----\\?\s*([A-Za-z0-9+/=]{40,})/g],
  ['a password in an address', /\b(?:postgres|postgresql|https?|redis):\/\/[\w.-]+:([^\s@/'"`$<>{}]{16,})@/g],
  [
    'an assigned secret',
    /(?:secret|token|password|api_?key)["']?\s*[:=]\s*["'`]?(?!whsec_|[sr]k_|re_)([A-Za-z0-9+/=_-]{32,})/gi,
  ],
]

/** What a person types instead of a secret has a pattern; random letters have more bits for each character, short texts fewer. */
const isRandom = (text: string) => entropy(text) >= Math.min(4.2, 0.85 * Math.log2(text.length))

export type Found = { what: string; text: string }

/** Everything in a text that looks like a real secret: its form is right and its random part is random. */
export function findSecretForms(text: string): Found[] {
  return FORMS.flatMap(([what, form]) =>
    Array.from(text.matchAll(form), ([whole, random = '']) => ({ what, text: whole, random }))
      .filter(({ random }) => isRandom(random) && !random.includes('EXAMPLE'))
      .map(({ what, text }) => ({ what, text })),
  )
}

/** Shannon's, in bits for each character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0)
}

/** A text in the ways in which it may be written somewhere: as it is, for a URL, in JSON, in base64 at any offset, in hexadecimal. */
export function disguises(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const base64 = [0, 1, 2].map((offset) => {
    const inner = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    // The first and last characters depend on what stands around it.
    return inner.slice(offset === 0 ? 0 : 4, -4)
  })
  const all = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    ...base64,
  ]
  return [...new Set([...all, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))])]
}
