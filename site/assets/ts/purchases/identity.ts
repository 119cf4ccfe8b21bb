import {
  acceptInvite,
  handleAuthCallback,
  login,
  logout,
  requestPasswordRecovery,
  signup,
  updateUser,
} from '@netlify/identity'
import type { Arrival } from './arrival.ts'

// The library's calls, in the order in which they work (its confirmEmail(), recoverPassword() and acceptInvite() leave the browser
// without cookies, and the next getUser() then ends the session). After each that begins or ends a session the page loads anew: the
// library renews sessions by a timer of its own, and two tabs with such timers sign each other out.

export async function signIn(email: string, password: string): Promise<void> {
  await login(email, password)
}

/** Creates an account. @returns whether it is confirmed at once, which is a setting of Identity that the shop refuses to work with */
export async function signUp(email: string, password: string): Promise<boolean> {
  return (await signup(email, password)).confirmedAt !== undefined
}

export async function askForRecovery(email: string): Promise<void> {
  await requestPasswordRecovery(email)
}

/** Spends the token of a mail, which signs its owner in: for a confirmation, a recovery or a new address. */
export async function spend({ kind, token }: Arrival): Promise<void> {
  // handleAuthCallback() alone writes the cookies, and it reads the token from the address.
  history.replaceState(history.state, '', `#${kind}_token=${token}`)
  try {
    await handleAuthCallback()
  } finally {
    history.replaceState(history.state, '', location.pathname)
  }
}

export async function setPassword(password: string): Promise<void> {
  await updateUser({ password })
}

export async function join(token: string, password: string): Promise<void> {
  const { email } = await acceptInvite(token, password)
  if (email) await login(email, password)
}

/** Ends the session here and all others of this account. */
export async function signOut(): Promise<void> {
  await logout()
}
