import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBytes } from '../adapters/request-body.ts'
import { storePart } from '../shop/catalogue/store-part.ts'
import { PART_BYTES } from '../shop/catalogue/upload-parts.ts'

/** A part of a file, as bytes; its address says of which file, how long that is, and which part. */
export default adminEndpoint({
  POST: async (request, app) => {
    const { searchParams } = new URL(request.url)
    const bytes = await readBytes(request, PART_BYTES)
    const number = (name: string) => Number(searchParams.get(name) ?? Number.NaN)
    const sha256 = searchParams.get('sha256') ?? ''
    await storePart(app, { sha256, sizeBytes: number('size'), part: number('part'), bytes })
    return Response.json({ state: 'kept' })
  },
})

export const config: Config = { path: '/admin_upload_part' }
