import { readFile } from 'node:fs/promises'
import { type EnvironmentContext, getStore } from '@netlify/blobs'
import { z } from 'zod'

const SEED = new URL('../db/seed/', import.meta.url)
/** As the seed names them, and what the shop calls them in Blobs. */
const STORES = { blobs: 'product-files', 'product-images': 'product-images' } as const

const DemoFile = z.object({
  path: z.string(),
  key: z.string(),
  store: z.enum(['blobs', 'product-images']),
  size_bytes: z.int(),
  content_type: z.string(),
})
type DemoFile = z.infer<typeof DemoFile>

/** Puts the demo products' files and pictures where the shop looks for them; returns how many there are. */
export async function storeDemoFiles(context: EnvironmentContext): Promise<number> {
  const list: unknown = JSON.parse(await readFile(new URL('files.json', SEED), 'utf8'))
  const files = z.array(DemoFile).parse(list)
  for (const file of files) await store(file, context)
  return files.length
}

async function store({ path, key, store: kind, size_bytes, content_type }: DemoFile, context: EnvironmentContext) {
  const bytes = await readFile(new URL(path, SEED))
  if (bytes.byteLength !== size_bytes) throw new Error(`db/seed/${path} is not the file that the seed describes`)
  const { siteID = '', token = '', edgeURL = '' } = context
  const { etag } = await getStore({ name: STORES[kind], siteID, token, edgeURL }).set(key, new Blob([bytes]), {
    metadata: { content_type, size_bytes },
  })
  if (!etag) throw new Error(`db/seed/${path} could not be stored`)
}
