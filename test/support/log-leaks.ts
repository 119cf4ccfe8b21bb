/** What no line may hold, written down apart from adapters/redact.ts, which these are to catch. */
const FORBIDDEN: [string, RegExp][] = [
  ['an email address', /[\p{L}\d.!#$%&'*+=?^_`{|}~-]+(?:@|%40)[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}/u],
  ['a token', /eyJ[\w-]+\.[\w-]+|__Host-\w+=\w/],
  ['a session', /cs_(?:live|test)_\w{8}/],
  [
    'a secret',
    /\b(?:[sr]k_(?:live|test)_|whsec_|nfp_)\w{4}|\bre_(?:\w{4,}_\w{4}|\w{32})|:\/\/\w+:[^\s@[]+@|PRIVATE KEY/,
  ],
  ['a network address', /(?<![\d.])(?!127\.|0\.0\.0\.0)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/],
]

/** Only what vendors write into their errors may have been in need of redaction. */
const MARKER = /\[(?:email|token|secret|address)\]/

/** What a line of adapters/log.ts leaks, or holds only because it was redacted in the end; empty when it is as it should be. */
export function leaksOf(line: string): string[] {
  const { error: _error, ...fields } = JSON.parse(line) as Record<string, unknown>
  const own = JSON.stringify(fields)
  const shaped = [fields.at, fields.level, fields.event].every((field) => typeof field === 'string' && field !== '')
  return [
    ...FORBIDDEN.filter(([, form]) => form.test(line)).map(([what]) => `${what}: ${line}`),
    ...(MARKER.test(own) ? [`the shop itself wrote what had to be redacted: ${line}`] : []),
    ...(shaped ? [] : [`without time, level or event: ${line}`]),
  ]
}
