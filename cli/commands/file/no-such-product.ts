import type { Database } from '../../../db/database.ts'
import { listSlugs } from '../../../db/product-files.ts'
import { nearestWord } from '../../../shop/catalogue/nearest-word.ts'
import { NotFound } from '../../../shop/errors.ts'

/** The complaint about an unknown slug, with the one that was probably meant. */
export async function noSuchProduct(db: Database, slug: string): Promise<NotFound> {
  const near = nearestWord(slug, await listSlugs(db))
  return new NotFound(`There is no product ${JSON.stringify(slug)}.${near ? ` Did you mean "${near}"?` : ''}`)
}
