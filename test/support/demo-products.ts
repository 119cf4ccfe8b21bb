import { createHash } from 'node:crypto'
import { getStore } from '@netlify/blobs'
import type { TestPlatform } from './platform.ts'

const FILE = new TextEncoder().encode('%PDF-1.7 a small book for tests\n'.repeat(500))
export const BOOK = { bytes: FILE, sha256: createHash('sha256').update(FILE).digest('hex'), filename: 'Größe – 1.pdf' }

/** One direct product with a file, a free one, an affiliate one, a draft and a retired one. */
export async function addDemoProducts({ pglite }: Pick<TestPlatform, 'pglite'>): Promise<void> {
  await pglite.exec(`
    insert into products (id, slug, type, status, title, unit_amount, currency, affiliate_url) values
      ('prd_book', 'book', 'direct', 'published', 'A Book & More', 1900, 'eur', null),
      ('prd_print', 'print', 'direct', 'published', 'A Print', 2500, 'eur', null),
      ('prd_free', 'free', 'direct', 'published', 'A Sample', 0, 'eur', null),
      ('prd_inyen', 'yen', 'direct', 'published', 'In Yen', 1500, 'jpy', null),
      ('prd_tool', 'tool', 'affiliate', 'published', 'A Tool', null, null, 'https://www.amazon.com/dp/B000000001?tag=tillexample-20'),
      ('prd_evil', 'evil', 'affiliate', 'published', 'Not Amazon', null, null, 'https://www.amazon.com.evil.com/dp/B000000001'),
      ('prd_draft', 'draft', 'direct', 'draft', 'Not yet', 100, 'eur', null),
      ('prd_gone', 'gone', 'direct', 'retired', 'No more', 100, 'eur', null);`)
  await pglite.query(
    `insert into product_files (id, product_id, filename, content_type, size_bytes, sha256, key)
     select 'fil_' || id, id, $1, 'application/pdf', $2, $3, 'files/' || $3 from products where type = 'direct'`,
    [BOOK.filename, BOOK.bytes.byteLength, BOOK.sha256],
  )
  // As if a build had shown them: a test that is about something else has no job in its queue.
  await pglite.exec(
    "update site_build set sent = asked, built = asked, waiting_since = null; delete from jobs where kind = 'build_site'",
  )
  await getStore('product-files').set(`files/${BOOK.sha256}`, new Blob([BOOK.bytes]))
}
