import type { Hono } from 'hono'
import type { Ledger } from '../ledger.ts'
import { type AccessTokenClaims, createAccessTokens } from './access-tokens.ts'
import { createAccounts } from './accounts.ts'
import type { Identity } from './identity.ts'
import { createIdentityMail } from './identity-mail.ts'
import { identityPanel } from './identity-panel.ts'
import { createIdentityRoutes } from './identity-routes.ts'
import { createPeopleRoutes } from './people-routes.ts'
import { createSessions } from './sessions.ts'
import { createTokenLimit } from './token-limit.ts'

type Mail = Parameters<typeof createIdentityMail>[0]
type Options = { ledger: Ledger; siteUrl: string; mail: Mail; now?: () => Date; tokenRequestsPer5Minutes?: number }

export type IdentityEmulator = {
  /** `/.netlify/identity/*`, for the store's own origin. */
  routes: Hono
  /** The users as an HTML fragment, newest first, with buttons. */
  panel(): string
  /** `POST /people/identity/*`, for the services page; answers 303 to `/`. */
  peopleRoutes: Hono
  /** The claims of an access token, or nothing when it is forged or expired: what the platform passes to functions. */
  userOf(token: string): Promise<AccessTokenClaims | undefined>
  /** The platform's own token, good for 60 seconds, by which a function may call `admin.*`. */
  operatorToken(): Promise<string>
}

/**
 * Netlify Identity (GoTrue) on this machine, with confirmation by mail.
 * @param options.siteUrl the store's origin: where the links of mails lead.
 * @param options.tokenRequestsPer5Minutes GoTrue's limit for `/token` by client, 30 unless a test raises it.
 */
export function createIdentityEmulator(options: Options): IdentityEmulator {
  const { ledger, siteUrl, mail, now = () => new Date(), tokenRequestsPer5Minutes = 30 } = options
  const tokens = createAccessTokens(ledger, now)
  const accounts = createAccounts(ledger, now)
  const sessions = createSessions(ledger, now)
  const identity: Identity = { ledger, accounts, sessions, tokens, mail: createIdentityMail(mail, siteUrl), now }
  return {
    routes: createIdentityRoutes(identity, createTokenLimit(tokenRequestsPer5Minutes, now)),
    panel: () => identityPanel(accounts.newestFirst()),
    peopleRoutes: createPeopleRoutes(identity),
    userOf: tokens.verify,
    operatorToken: tokens.signOperator,
  }
}
