import { Misconfigured } from '../shop/errors.ts'
import { type Config, type Environment, readConfig } from './config.ts'
import type { VARIABLES } from './variables.ts'

const GETTERS: Record<keyof typeof VARIABLES, keyof Config> = {
  SITE_URL: 'siteUrl',
  NETLIFY_DATABASE_URL: 'databaseUrl',
  NEON_SQL_ENDPOINT: 'sqlEndpoint',
  STRIPE_SECRET_KEY: 'stripeKey',
  STRIPE_WEBHOOK_SECRET: 'stripeWebhookSecrets',
  STRIPE_API_BASE: 'stripeApiBase',
  RESEND_API_KEY: 'resendKey',
  RESEND_BASE_URL: 'resendBaseUrl',
  RESEND_WEBHOOK_SECRET: 'resendWebhookSecrets',
  EMAIL_FROM: 'emailFrom',
  DOWNLOAD_TOKEN_SECRET: 'tokenSecrets',
  JOB_POKE_SECRET: 'pokeSecrets',
  NETLIFY_BUILD_HOOK_URL: 'buildHook',
  FILES_S3_ENDPOINT: 'filesS3',
  FILES_S3_BUCKET: 'filesS3',
  FILES_S3_REGION: 'filesS3',
  FILES_S3_ACCESS_KEY_ID: 'filesS3',
  FILES_S3_SECRET_ACCESS_KEY: 'filesS3',
  FILES_S3_STYLE: 'filesS3',
  NETLIFY_SITE_ID: 'blobsAccess',
  NETLIFY_AUTH_TOKEN: 'blobsAccess',
}

/**
 * What is wrong with the variables that a build can see, in the words of Misconfigured. One that is not set at all may be meant for
 * functions only; one that is blank, or whose name was pasted without a value, is never meant.
 */
export function findFaults(env: Environment): string[] {
  const config = readConfig(env)
  const getters = Object.entries(GETTERS).flatMap(([name, getter]) => (env[name] === undefined ? [] : [getter]))
  return [...new Set(getters)].flatMap((getter) => {
    try {
      void config[getter]
      return []
    } catch (error) {
      if (error instanceof Misconfigured) return [error.message]
      throw error
    }
  })
}
