import shop from '../shop.config.ts'
import { createMailer } from './resend.ts'
import type { Vendors } from './wire-app.ts'

/** Resend, for the workers. */
export const MAILER = {
  mailer: (config) =>
    createMailer({
      apiKey: config.resendKey,
      baseUrl: config.resendBaseUrl,
      from: config.emailFrom,
      replyTo: shop.supportEmail,
    }),
} satisfies Vendors
