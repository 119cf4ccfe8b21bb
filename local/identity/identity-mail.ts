import { html } from 'hono/html'
import type { ReceivedMail } from '../mail/mail-emulator.ts'

type Letter = { to: string; subject: string; sentence: string; action: string; fragment: string }

/** Identity's own mails; `referer` is the page that asked, to which the link leads back. */
export type IdentityMail = {
  confirmation(to: string, token: string, referer: string | undefined): void
  recovery(to: string, token: string, referer: string | undefined): void
  emailChange(change: { from: string; to: string }, token: string, referer: string | undefined): void
}

/** @param mail where the letters go; @param siteUrl where their links lead unless the page that asked is on that host. */
export function createIdentityMail(mail: { receive(mail: ReceivedMail): void }, siteUrl: string): IdentityMail {
  const post = (letter: Letter, referer: string | undefined) => mail.receive(write(letter, siteUrl, referer))
  return {
    confirmation(to, token, referer) {
      const sentence = 'Somebody, hopefully you, signed up with this address. Please confirm that it is yours.'
      const fragment = `confirmation_token=${token}`
      post({ to, subject: 'Confirm Your Signup', sentence, action: 'Confirm this address', fragment }, referer)
    },
    recovery(to, token, referer) {
      const sentence = 'A new password was asked for. If that was you, choose it here; if not, do nothing.'
      const fragment = `recovery_token=${token}`
      post({ to, subject: 'Reset Your Password', sentence, action: 'Choose a new password', fragment }, referer)
    },
    emailChange({ from, to }, token, referer) {
      const sentence = `Please confirm that your address changes from ${from} to ${to}.`
      const fragment = `email_change_token=${token}`
      post({ to, subject: 'Confirm Email Change', sentence, action: 'Confirm the new address', fragment }, referer)
    },
  }
}

function write(
  { to, subject, sentence, action, fragment }: Letter,
  siteUrl: string,
  referer: string | undefined,
): ReceivedMail {
  const link = linkTo(siteUrl, referer, fragment)
  const validity = 'The link is good for 24 hours.'
  const body = html`<h2>${subject}</h2>
<p>${sentence}</p>
<p><a href="${link}">${action}</a></p>
<p>${validity}</p>`
  const text = `${sentence}\n\n${action}: ${link}\n\n${validity}\n`
  return { to, from: 'Identity <no-reply@identity.example>', subject, html: String(body), text }
}

function linkTo(siteUrl: string, referer: string | undefined, fragment: string): string {
  const site = new URL(siteUrl)
  const page = referer && URL.canParse(referer) ? new URL(referer) : site
  const target = page.hostname === site.hostname ? page : site
  target.hash = fragment
  return target.href
}
