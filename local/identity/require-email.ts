import { refusal } from './gotrue-error.ts'

/** @throws {GoTrueError} 422 unless `email` looks like an address. */
export function requireEmail(email: string): void {
  if (email === '') throw refusal(422, 'An email address is required')
  if (/^[^\s@<>]+@[^\s@<>]+$/.test(email)) return
  throw refusal(422, "Unable to validate email address: mail: missing '@' or angle-addr")
}
