import { StripeError } from './stripe-error.ts'

const UNAUTHORIZED = { status: 401 }

/** Throws a 401 unless the header carries a test key, as bearer token or as the user name of basic authentication. */
export function authenticate(header: string | undefined): void {
  const key = keyOf(header ?? '')
  if (key === '') throw new StripeError(`${NO_KEY} ${HOW}`, UNAUTHORIZED)
  if (/^(sk|rk)_test_\w{3,}$/.test(key)) return
  throw new StripeError(`Invalid API Key provided: ${masked(key)}`, UNAUTHORIZED)
}

const NO_KEY = 'You did not provide an API key.'
const HOW =
  "You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."

function keyOf(header: string): string {
  const [scheme, value = ''] = header.split(' ', 2)
  if (scheme?.toLowerCase() === 'bearer') return value.trim()
  if (scheme?.toLowerCase() !== 'basic') return ''
  return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] ?? ''
}

// A key never comes back whole, not even a wrong one.
function masked(key: string): string {
  return key.length <= 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`
}
