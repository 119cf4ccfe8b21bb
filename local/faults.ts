/** What a vendor's emulator can be told to do wrong; `accept_then_reset` does the work and cuts the connection unanswered. */
export type VendorFault = '500' | '429' | 'timeout' | 'reset' | 'accept_then_reset'
export type WebhookFault = 'drop' | 'delay' | 'duplicate'
export type FaultyService = 'stripe' | 'resend' | 'sql'

/** Faults that people and tests have asked for; taking one counts it down. */
export type Faults = {
  takeVendor(service: FaultyService, path: string): VendorFault | undefined
  takeWebhook(): WebhookFault | undefined
}
