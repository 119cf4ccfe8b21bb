import * as z from 'zod/mini'
import { Forbidden, InvalidInput, PayloadTooLarge, UnsupportedMedia } from '../shop/errors.ts'

/** The longest body that a page of ours sends, in bytes. */
const LARGEST = 16_384
/** The longest that a page of the seller's sends: a product has a description and a licence, in letters of up to four bytes. */
const LARGEST_PRODUCT = 400_000

/**
 * The text of a request, up to `limit` bytes.
 * @throws PayloadTooLarge before more than that is held in memory
 */
export async function readText(request: Request, limit: number): Promise<string> {
  return (await readBytes(request, limit)).toString('utf8')
}

/** The bytes of a request, up to `limit` of them. @throws PayloadTooLarge before more than that is held in memory */
export async function readBytes(request: Request, limit: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new PayloadTooLarge('The request is too large.')
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.byteLength
    if (size > limit) throw new PayloadTooLarge('The request is too large.')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/**
 * The JSON body of a request that a page of ours has made.
 * @throws Forbidden when it comes from another site, UnsupportedMedia unless it is JSON, InvalidInput naming the field that is wrong
 */
export async function readBody<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  siteUrl: string,
): Promise<z.infer<Schema>> {
  return readJson(request, schema, { siteUrl, limit: LARGEST })
}

/** The same for a product, whose texts are long. */
export async function readProduct<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  siteUrl: string,
): Promise<z.infer<Schema>> {
  return readJson(request, schema, { siteUrl, limit: LARGEST_PRODUCT })
}

async function readJson<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  { siteUrl, limit }: { siteUrl: string; limit: number },
): Promise<z.infer<Schema>> {
  assertOwnPage(request, siteUrl)
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
    throw new UnsupportedMedia('Send JSON.')
  return checked(schema, parseJson(await readText(request, limit)))
}

/** Whether a browser has sent a form by itself, without a script. */
export function isForm(request: Request): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers.get('content-type') ?? '')
}

/**
 * The fields of a form that a page of ours has sent.
 * @throws Forbidden when it comes from another site, InvalidInput naming the field that is wrong
 */
export async function readForm<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  siteUrl: string,
): Promise<z.infer<Schema>> {
  assertOwnPage(request, siteUrl)
  const fields = [...new URLSearchParams(await readText(request, LARGEST))]
  const values = Object.fromEntries(fields)
  if (fields.length !== Object.keys(values).length) throw new InvalidInput('A field came twice.')
  return checked(schema, values)
}

function checked<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = z.safeParse(schema, value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new InvalidInput(`${issue?.path.join('.') || 'The request'} is not valid.`)
}

/** A POST passes from our own pages only: browsers say so in Sec-Fetch-Site, older ones in Origin. */
export function assertOwnPage(request: Request, siteUrl: string): void {
  const site = request.headers.get('sec-fetch-site')
  if (site === 'same-origin' || (site === null && request.headers.get('origin') === siteUrl)) return
  throw new Forbidden('This request must come from the shop itself.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InvalidInput('The request is not JSON.', { cause: error })
  }
}
