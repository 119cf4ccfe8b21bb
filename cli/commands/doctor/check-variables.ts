import type { Config } from '../../../adapters/config.ts'
import { isLoopback } from '../../../local/settings.ts'
import { Misconfigured } from '../../../shop/errors.ts'
import { type Check, type Finding, fail, ok, warn } from './finding.ts'

const NEEDED = [
  'siteUrl',
  'databaseUrl',
  'stripeKey',
  'stripeWebhookSecrets',
  'resendKey',
  'resendWebhookSecrets',
  'emailFrom',
  'tokenSecrets',
  'pokeSecrets',
] as const satisfies readonly (keyof Config)[]

/** That every variable is there and has its form; their values are in no answer. */
export const VARIABLES_CHECK: Check = {
  name: 'variables',
  run: async ({ config, env }) => {
    const getters: (keyof Config)[] = [...NEEDED, 'buildHook']
    if (Object.keys(env).some((name) => name.startsWith('FILES_S3_'))) getters.push('filesS3')
    const faults = getters.flatMap((getter) => faultOf(config, getter))
    if (faults.length > 0) return faults
    return [
      ok(`${getters.length} settings are there and well-formed`),
      ...judgeAddress(config),
      ...judgeSecrets(config),
    ]
  },
}

function faultOf(config: Config, getter: keyof Config): Finding[] {
  try {
    void config[getter]
    return []
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error
    const [what = '', ...remedy] = error.message.split('. ')
    return [fail(what, remedy.join('. '))]
  }
}

function judgeAddress({ siteUrl }: Config): Finding[] {
  if (siteUrl.startsWith('https:') || isLoopback(siteUrl)) return []
  return [
    fail(
      `SITE_URL is ${siteUrl}, without https`,
      'Set the https address: browsers keep the cookies of the shop there only.',
    ),
  ]
}

function judgeSecrets({ tokenSecrets, pokeSecrets }: Config): Finding[] {
  if (!tokenSecrets.some((secret) => pokeSecrets.includes(secret))) return []
  return [
    warn('DOWNLOAD_TOKEN_SECRET and JOB_POKE_SECRET are the same', 'Make one of them anew: `openssl rand -base64 32`.'),
  ]
}

/** That the keys are of the right kind for this shop. */
export const KEYS_CHECK: Check = {
  name: 'keys',
  run: async ({ config: { stripeKey, siteUrl } }) => {
    const isLive = /^.k_live_/.test(stripeKey)
    const isLocal = isLoopback(siteUrl)
    const found: Finding[] = []
    if (isLive && isLocal)
      found.push(
        fail(
          'A live Stripe key, and a shop on this machine',
          'Use test keys locally: real money must not depend on a terminal.',
        ),
      )
    if (!isLive && !isLocal)
      found.push(
        warn(
          'The Stripe key is for tests: nobody can really pay',
          'Before you open: docs/DEPLOY.md, step 5 once more with live keys.',
        ),
      )
    if (stripeKey.startsWith('sk_') && !isLocal)
      found.push(
        warn(
          'The Stripe key may do everything',
          'Make a restricted key (rk_…) with the permissions of docs/DEPLOY.md.',
        ),
      )
    return found.length > 0 ? found : [ok(`Stripe key: ${stripeKey.slice(0, 7)}…`)]
  },
}
