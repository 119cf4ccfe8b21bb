/** `current`: what buyers of the slot get; `earlier`: replaced, and fetched if the seller allows; `withdrawn`: nobody gets it. */
export type FileState = 'current' | 'earlier' | 'withdrawn'

/** A version of a product's file; sizes in bytes. */
export type FileVersion = {
  id: string
  slug: string
  slot: string
  version: number
  filename: string
  size_bytes: number
  store: 'blobs' | 's3'
  sha256: string
  changelog: string
  created_at: Date
  state: FileState
}

/** What a seller says about a new version of a file. */
export type FileLabel = { slot: string; filename: string; changelog: string; contentType: string }

const RULES: [keyof FileLabel, RegExp, string][] = [
  ['slot', /^[a-z0-9-]{1,40}$/, 'A slot is named with 1 to 40 of a to z, 0 to 9 and -'],
  // Characters that end a header or a path, and those that turn the reading direction and so disguise `.exe`.
  [
    'filename',
    /^(?!\.{1,2}$)[^/\\\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]{1,200}$/u,
    'A file is named with 1 to 200 characters, without /, \\ or invisible ones',
  ],
  ['changelog', /^[^\p{Cc}\u2028\u2029]{0,500}$/u, 'What has changed is told in one line of 500 characters at most'],
  ['contentType', /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/, 'A type is two words, such as application/pdf'],
]

/** What is wrong with a label, as a sentence that quotes it; null when nothing is. The database holds the same rules. */
export function faultOf(label: FileLabel): string | null {
  const [field, , rule] = RULES.find(([name, form]) => !form.test(label[name])) ?? []
  return field ? `${rule}, not ${JSON.stringify(label[field])}.` : null
}

/** The key under which a store keeps these bytes: the same file is stored once, and a replaced one gets another key. */
export function keyOf(sha256: string): string {
  return `files/${sha256}`
}
