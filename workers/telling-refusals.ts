import { tellKeyRefused } from '../shop/payments/tell-key-refused.ts'
import type { JobHandler } from './registry.ts'

/** The handler, except that the seller learns of a vendor's refusal of our key before the queue puts the job back. */
export function tellingRefusals(handler: JobHandler): JobHandler {
  return async (app, lease) => {
    try {
      return await handler(app, lease)
    } catch (error) {
      await tellKeyRefused(app, error)
      throw error
    }
  }
}
