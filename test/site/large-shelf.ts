import { imagineProduct } from '../../cli/commands/demo/imagine-product.ts'
import type { Database } from '../../db/database.ts'
import { ROWS_AT_ONCE } from '../../db/products.ts'
import type { ShelfProduct } from '../../shop/catalogue/product.ts'
import { pixelImage } from './sample-products.ts'

const PROPS = { currency: 'eur', images: [pixelImage], amazon: { host: 'www.amazon.com', tag: 'tillexample-20' } }

/** The demo catalogue as the build reads it, without a database. */
export function imaginedProducts(count: number): ShelfProduct[] {
  const rest = { status: 'published', files: [], samples: [], updated_at: '2026-01-01 00:00:00+00' }
  return Array.from(
    { length: count },
    (_, at) => ({ ...imagineProduct(at, PROPS), ...rest }) as unknown as ShelfProduct,
  )
}

/** Answers the shelf's query page by page, as PostgreSQL does, and keeps what it was asked. */
export function pagingDatabase(products: ShelfProduct[]): { db: Database; asked: string[] } {
  const asked: string[] = []
  const db = async ({ raw }: TemplateStringsArray, ...[position]: unknown[]) => {
    asked.push(raw.join('?'))
    if (!raw.join('').includes("status = 'published'")) return []
    return products.filter((product) => product.position > Number(position)).slice(0, ROWS_AT_ONCE)
  }
  return { db: db as unknown as Database, asked }
}
