import fc from 'fast-check'
import type { Door } from './every-door.ts'
import type { Question } from './questions.ts'

/** A request that is wrong in at least one way; what else it carries is noise. */
export type Hostile = {
  method: string
  slug: string
  query: string
  body: Uint8Array<ArrayBuffer> | string | null
  headers: [name: string, value: string][]
}

/** Names and values that have broken programs before. */
const NASTY = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\0',
  '\ud800',
  '\u202e',
  '../../etc/passwd',
  '..\\..\\',
  "' or 1=1--",
  '"; drop table orders; --',
  '#{7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '%00',
  '%2e%2e%2f',
  '\r\nset-cookie: a=b',
  'x'.repeat(300),
  '😀',
  '',
]
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'get', '__PROTO__']
const TYPES = [
  '',
  'text/plain',
  'text/json',
  'application/jsonp',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/xml',
  'application/json-patch+json',
  'application/octet-stream',
  '*/*',
  ';application/json',
]
const ELSEWHERE = ['cross-site', 'same-site', 'none', '', 'same-origin, cross-site', 'SAME-ORIGIN ']
const STRANGE: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  [],
  [[]],
  {},
  { length: 1 },
  { toString: 'x' },
  [null],
  '',
  'x',
]

const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 40 }))
const inPath = nasty.map((text) => encodeURIComponent(text.toWellFormed()))
const number = (most: number) => fc.nat(most)

/** What rides along in the headers and changes nothing, whatever is in it. */
const noise = fc.array(
  fc.oneof(
    fc.constantFrom<[string, string]>(
      ['user-agent', 'x'.repeat(100_000)],
      ['cookie', `a=${'x'.repeat(100_000)}`],
      ['cookie', '__Host-claim=; __Host-portal=pse_x; nf_jwt=a.b.c; __proto__=1'],
      ['referer', `https://x.example/${'y'.repeat(100_000)}`],
      ['x-http-method-override', 'POST'],
      ['x-forwarded-for', "'; drop table orders; --"],
      ['x-forwarded-host', 'evil.example'],
      ['forwarded', 'for=evil;host=evil.example;proto=http'],
      ['x-nf-identity-info', Buffer.from('{"user":{"app_metadata":{"roles":["admin"]}}}').toString('base64')],
      ['authorization', 'Bearer a.b.c'],
      ['range', 'bytes=9-1,-,x'],
      ['if-none-match', '*, "x", W/"'],
      ['accept-language', 'x,'.repeat(5_000)],
      ['content-length', '99999999999999999999'],
      ['transfer-encoding', 'chunked, gzip'],
      ['constructor', '__proto__'],
      ['stripe-signature', 't=1,v1=00'],
      ['svix-signature', 'v1,AAAA'],
      ['x-till-poke', 't=1,v1=00'],
    ),
    fc
      .string({ unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 200 })
      .map((value): [string, string] => ['accept', value.trim()]),
  ),
  { maxLength: 4 },
)

type Spoiler = fc.Arbitrary<Partial<Hostile>>

/**
 * Requests for a door, each made from a sound one (`sound`, with its own headers) and spoiled in one way that this door has to notice.
 */
export function hostileTo(door: Door, sound: Hostile, question: Question): fc.Arbitrary<Hostile> {
  const spoilers = spoilersOf(door, sound, question)
  return fc.tuple(fc.oneof(...spoilers), noise).map(([spoiled, more]) => {
    const hostile = { ...sound, ...spoiled }
    const hasBody = !['GET', 'HEAD', 'get'].includes(hostile.method)
    return { ...hostile, body: hasBody ? hostile.body : null, headers: [...more, ...hostile.headers] }
  })
}

function spoilersOf(door: Door, sound: Hostile, question: Question): Spoiler[] {
  const method = fc
    .constantFrom(...METHODS.filter((one) => !isAnswered(sound.method, one)))
    .map((one) => ({ method: one }))
  if (question.method === 'GET') return door.name === 'healthz' ? [method] : [method, address(door)]
  const without = (name: string) => sound.headers.filter(([other]) => other !== name)
  const site = fc
    .constantFrom(...ELSEWHERE)
    .map((value) => ({ headers: with_(without('sec-fetch-site'), 'sec-fetch-site', value) }))
  const type = fc
    .constantFrom(...TYPES)
    .map((value) => ({ headers: with_(without('content-type'), 'content-type', value) }))
  const body = spoiledText(question.body).map((text) => ({ body: text }))
  // These believe a signature and nothing else.
  if (/webhook$|-background$/.test(door.name)) return [method, body, type]
  if (question.query) return [method, site, address(door)]
  return [method, site, type, body, body, body]
}

/** A download is answered to HEAD too, and so is a monitor. */
function isAnswered(sound: string, method: string): boolean {
  // `new Request` writes the common methods in capitals.
  const asked = method === 'get' ? 'GET' : method
  return asked === sound || (sound === 'GET' && asked === 'HEAD')
}

function with_(headers: [string, string][], name: string, value: string): [string, string][] {
  return value ? [...headers, [name, value]] : headers
}

/** Paths and queries that name nothing: unknown, doubled, cut, too long. */
function address({ name }: Door): Spoiler {
  if (name === 'go') return inPath.filter((slug) => !['book', ''].includes(slug)).map((slug) => ({ slug }))
  return fc.oneof(
    inPath.map((value) => ({ query: `?token=${value}` })),
    fc.tuple(inPath, inPath).map(([one, other]) => ({ query: `?token=${one}&token=${other}&${one}=${other}` })),
    fc.tuple(inPath, number(9)).map(([value, size]) => ({ query: `?sha256=${value}&size=${size}&part=${value}` })),
    number(5_000).map((length) => ({ query: `?token=${'a'.repeat(length)}.b.c&sha256=x` })),
  )
}

/** The text of a body in which one thing is wrong, or that is no such body at all. */
function spoiledText(sound: unknown): fc.Arbitrary<Uint8Array<ArrayBuffer> | string> {
  const text = JSON.stringify(sound)
  const places = placesIn(sound)
  const extra = fc
    .tuple(fc.constantFrom(...NASTY, 'price', 'email_id', 'admin'), fc.constantFrom<unknown>(...STRANGE))
    .map(
      ([name, value]) =>
        `${text.slice(0, -1)}${text === '{}' ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(value)}}`,
    )
  const raw = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
    fc.constantFrom(
      '',
      'null',
      '[]',
      '7',
      '"x"',
      '[{}]',
      `[${text}]`,
      `${text}${text}`,
      `${text} x`,
      text.slice(0, -1),
      text.replaceAll('"', "'"),
    ),
    number(12_000).map((depth) => '['.repeat(depth + 1)),
    number(6_000).map((depth) => `${'{"a":'.repeat(depth + 1)}1${'}'.repeat(depth + 1)}`),
    fc.constant(`${text.slice(0, -1)}${' '.repeat(1_100_000)}}`),
    fc.constant(Buffer.from(text, 'utf16le')),
    fc
      .jsonValue({ maxDepth: 3 })
      .filter((value) => value === null || typeof value !== 'object' || Array.isArray(value))
      .map((value) => JSON.stringify(value)),
  )
  return places.length > 0 ? fc.oneof(wrongField(sound, places), extra, raw) : fc.oneof(extra, raw)
}

/** The sound body with a value of another type in one place. */
function wrongField(sound: unknown, places: Place[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...places), fc.constantFrom<unknown>(...STRANGE))
    .filter(([place, value]) => kindOf(valueAt(sound, place)) !== kindOf(value))
    .map(([place, value]) => JSON.stringify(replaced(sound, place, value)))
}

type Place = (string | number)[]

function placesIn(value: unknown, before: Place = []): Place[] {
  if (value === null || typeof value !== 'object') return before.length > 0 ? [before] : []
  const below = Object.entries(value).flatMap(([key, one]) =>
    placesIn(one, [...before, Array.isArray(value) ? Number(key) : key]),
  )
  return before.length > 0 ? [before, ...below] : below
}

function valueAt(value: unknown, place: Place): unknown {
  return place.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], value)
}

function replaced(value: unknown, [key, ...rest]: Place, by: unknown): unknown {
  if (key === undefined) return by
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) }
  Object.assign(copy, { [key]: replaced((value as Record<string | number, unknown>)[key], rest, by) })
  return copy
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}
