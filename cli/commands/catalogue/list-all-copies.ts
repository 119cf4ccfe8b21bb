import { type CopiedProduct, listCopies } from '../../../db/catalogue-copy.ts'
import type { App } from '../../../shop/app.ts'

/** Rows of one answer: descriptions are long, and an answer of the database has a limit. */
const ROWS_AT_ONCE = 500

/** Every product, in the order of their ids. */
export async function listAllCopies({ db }: Pick<App, 'db'>): Promise<CopiedProduct[]> {
  const all: CopiedProduct[] = []
  for (;;) {
    const page = await listCopies(db, all.at(-1)?.id ?? '', ROWS_AT_ONCE)
    all.push(...page)
    if (page.length < ROWS_AT_ONCE) return all
  }
}
