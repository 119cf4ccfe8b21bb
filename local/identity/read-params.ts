import type { AdminUserUpdates } from '@netlify/identity'
import type { Context } from 'hono'
import { z } from 'zod'
import { refusal } from './gotrue-error.ts'

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const metadata = z.record(z.string(), z.unknown()).nullish()

/** As Go decodes them: absent and null are empty, another type is an error. */
export const SignUpParams = z.object({ email: text, password: text, data: metadata })
export const VerifyParams = z.object({ type: text, token: text })
export const RecoverParams = z.object({ email: text })
export const UserUpdateParams = z.object({
  email: text,
  password: text,
  email_change_token: text,
  data: metadata,
  app_metadata: metadata,
})
export const AdminUserParams = z.object({
  email: text,
  password: text,
  role: text,
  confirm: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  app_metadata: metadata,
  user_metadata: metadata,
} satisfies Record<keyof AdminUserUpdates, z.ZodType>)

/** @throws {GoTrueError} 400 unless the body is JSON of this shape. */
export async function readParams<Params>(context: Context, schema: z.ZodType<Params>): Promise<Params> {
  const body = await context.req.json().catch(() => undefined)
  const params = schema.safeParse(body)
  if (params.success) return params.data
  throw refusal(400, `Could not read params: ${z.prettifyError(params.error)}`)
}
