import * as z from 'zod/mini'
import { PERIODS } from './period.ts'

/** Asks for what happened in the last so many days. */
export const TodayRequest = z.strictObject({
  days: z.int().check(z.refine((days) => PERIODS.some((one) => one === days), 'must be 7, 30, 90 or 365')),
})
