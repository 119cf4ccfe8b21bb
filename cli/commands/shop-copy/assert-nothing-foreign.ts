import { listIds } from '../../../db/shop-copy.ts'
import type { App } from '../../../shop/app.ts'
import { readLines } from './line-file.ts'
import { partPath } from './manifest.ts'

const IDS_AT_ONCE = 1_000

/** @throws Error when the shop has a product or an order that the copy has not: two shops cannot become one */
export async function assertNothingForeign(app: Pick<App, 'db'>, folder: string): Promise<void> {
  for (const part of ['products', 'orders'] as const) {
    const known = await idsOf(folder, part)
    for await (const id of idsHere(app, part))
      if (!known.has(id))
        throw new Error(`This shop has ${part} of its own, such as ${id}. A copy goes into an empty shop only.`)
  }
}

async function idsOf(folder: string, part: 'products' | 'orders'): Promise<Set<string>> {
  const ids = new Set<string>()
  for await (const line of readLines(partPath(folder, part))) {
    const whole = JSON.parse(line) as { product?: { id: string }; order?: { id: string } }
    const id = (whole.product ?? whole.order)?.id
    if (id) ids.add(id)
  }
  return ids
}

async function* idsHere({ db }: Pick<App, 'db'>, of: 'products' | 'orders'): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const page = await listIds(db, of, { after, most: IDS_AT_ONCE })
    yield* page
    if (page.length < IDS_AT_ONCE) return
    after = page.at(-1) ?? ''
  }
}
