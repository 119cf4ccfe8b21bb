import { isIP } from 'node:net'

type Rule = { form: RegExp; instead: string | ((found: string) => string) }

/** More than this of one text tells nobody anything; what is cut off is looked at a little further, so that no half address is left. */
const LONGEST = 8_000
const MARGIN = 400

/** Lengths are bounded, since a log line may hold whatever somebody sent: without a bound a long text costs the square of its length. */
const RULES: Rule[] = [
  // Userinfo first: what follows it would pass for an address of a mailbox.
  { form: /\b([a-z][a-z0-9+.-]{1,30}:\/\/)[^\s/@"'`]{1,320}@/gi, instead: '$1[secret]@' },
  { form: /[^\s@<>()[\]"'`,;:\\/]{1,320}(?:@|%40)[^\s@<>()[\]"'`,;:\\/%]{1,255}\.\p{L}{2,63}/gu, instead: '[email]' },
  { form: /\beyJ[\w-]{8,4000}\.[\w-]{1,4000}(?:\.[\w-]{1,4000})?/g, instead: '[token]' },
  { form: /\b(?:__Host-[\w-]{1,40}|nf_jwt|nf_refresh)=[^\s;"']{1,4000}/g, instead: '[token]' },
  { form: /\bBearer\s+[\w.~+/=-]{8,4000}/gi, instead: '[token]' },
  { form: /\b(?:sk|rk)_(?:live|test)_\w{4,400}/g, instead: '[secret]' },
  { form: /\bwhsec_[\w+/=-]{4,400}/g, instead: '[secret]' },
  { form: /\bre_(?:[A-Za-z0-9]{4,20}_\w{4,400}|\w{32,400})/g, instead: '[secret]' },
  { form: /\bnfp_\w{4,400}/g, instead: '[secret]' },
  { form: /\/build_hooks\/[\w-]{4,100}/g, instead: '/build_hooks/[secret]' },
  { form: /\b(X-Amz-(?:Signature|Credential|Security-Token)=)[^\s&"']{1,4000}/gi, instead: '$1[secret]' },
  { form: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,8000}/g, instead: '[secret]' },
  // The last six characters find the session in Stripe's dashboard and open nothing.
  { form: /\bcs_(?:live|test)_\w{8,400}/g, instead: (id) => `${id.slice(0, 8)}…${id.slice(-6)}` },
  { form: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g, instead: hideAddress },
  { form: /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:.])/gi, instead: hideAddress },
]

/**
 * A text without what no log may hold: addresses of mailboxes and networks, tokens, sessions, secrets. The last line of defence, for what
 * vendors write into their errors; what Till logs by itself holds none of it, which the tests demand.
 */
export function redact(text: string): string {
  const safe = RULES.reduce(
    (rest, { form, instead }) =>
      typeof instead === 'string' ? rest.replace(form, instead) : rest.replace(form, (found) => instead(found)),
    text.slice(0, LONGEST + MARGIN),
  )
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST)}…` : safe
}

/** This machine's own addresses are nobody's. */
function hideAddress(found: string): string {
  return isIP(found) === 0 || /^(127\.|0\.0\.0\.0$|::1?$)/.test(found) ? found : '[address]'
}
