import { ask } from './ask.ts'
import { type Check, fail, ok, warn } from './finding.ts'

type Domain = { name: string; status: string }

/** That mails of the shop's sender leave, and are not taken for forgeries. */
export const MAIL_CHECK: Check = {
  name: 'mail',
  run: async ({ config }) => {
    const domain = /@([^\s@<>]+?)>?$/.exec(config.emailFrom)?.[1]?.toLowerCase() ?? ''
    const headers = { authorization: `Bearer ${config.resendKey}` }
    const answer = await ask(`${config.resendBaseUrl ?? 'https://api.resend.com'}/domains`, { headers })
    if (!answer)
      return [
        fail('Resend does not answer', 'Try again; if it stays, look at resend-status.com and at RESEND_BASE_URL.'),
      ]
    if (answer.json.name === 'restricted_api_key')
      return [
        warn(
          'The key may only send, so the domain was not looked at',
          `That is as it should be. See Resend → Domains that ${domain} is verified.`,
        ),
      ]
    if (answer.status === 401 || answer.status === 403 || answer.status === 400)
      return [fail('Resend does not take the key', 'Put one that works into RESEND_API_KEY.')]
    if (answer.status !== 200) return [fail(`Resend answers ${answer.status}`, 'Run the check again.')]
    const known = (answer.json.data as Domain[]).find(({ name }) => domain === name || domain.endsWith(`.${name}`))
    if (!known)
      return [
        fail(
          `Resend does not know the domain ${domain} of EMAIL_FROM`,
          'Add it: Resend → Domains, or send from one that is there.',
        ),
      ]
    if (known.status === 'verified') return [ok(`Resend has verified ${known.name}`)]
    return [
      fail(
        `Resend has not verified ${known.name}: ${known.status}`,
        'Enter the DNS records that Resend → Domains shows.',
      ),
    ]
  },
}
