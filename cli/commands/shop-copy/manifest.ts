import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { type Contents, PRIVATE, readContents } from './line-file.ts'

/** The tables of a copy, each a file of lines. */
export const PARTS = ['products', 'addresses', 'mails', 'orders'] as const
export type Part = (typeof PARTS)[number]

const CONTENTS = z.strictObject({ lines: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
const MANIFEST = z.strictObject({
  format: z.literal('till-shop/1'),
  made_at: z.string(),
  shop: z.string(),
  migration: z.string(),
  parts: z.strictObject({ products: CONTENTS, addresses: CONTENTS, mails: CONTENTS, orders: CONTENTS }),
})

/** What a copy says of itself. It is written last: a folder without it is not a whole copy. */
export type Manifest = z.infer<typeof MANIFEST>

export function partPath(folder: string, part: Part): string {
  return join(folder, `${part}.jsonl`)
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const path = join(folder, 'shop.json')
  await writeFile(`${path}.part`, `${JSON.stringify(manifest, null, 2)}\n`, { mode: PRIVATE })
  await rename(`${path}.part`, path)
}

/** What the copy in a folder says of itself. @throws Error when there is none, or when one of its files is not as it was written */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, 'shop.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new Error(`${folder} holds no whole copy of a shop: there is no shop.json in it.`)
  })
  const parsed = MANIFEST.safeParse(parseJson(text))
  if (!parsed.success) throw new Error(`shop.json is not one of a copy that this version of Till reads.`)
  for (const part of PARTS) await assertIntact(folder, part, parsed.data.parts[part])
  return parsed.data
}

async function assertIntact(folder: string, part: Part, wanted: Contents): Promise<void> {
  const found = await readContents(partPath(folder, part))
  if (found.sha256 !== wanted.sha256)
    throw new Error(`${part}.jsonl is damaged: it is not as it was written. Nothing was brought in.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error('shop.json is damaged.', { cause: error })
  }
}
