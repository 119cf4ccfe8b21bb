import { readFileSync } from 'node:fs'
import { catalogue } from '../catalogue/catalogue.ts'
import type { Direct, Product } from '../catalogue/product.ts'
import { PICTURE } from '../pictures.ts'
import { sampleColumn } from './sample-column.ts'
import { storedDownload, storedPicture } from './stored-file.ts'

/** Text as an SQL literal. */
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`
const words = (values: string[]): string => `array[${values.map(text).join(', ')}]::text[]`
const idOf = (slug: string): string => slug.replaceAll('-', '_')

/** The SQL that fills an empty shop: two statements, each ending with a semicolon at the end of its line. */
export async function seedSql(): Promise<string> {
  const products = await Promise.all(catalogue.map(productRow))
  const files = catalogue.flatMap((product) => (product.type === 'direct' ? fileRows(product) : []))
  const sql = `-- The demo shop, written by db/seed/make from its catalogue. For an empty database only.
insert into products
  (id, slug, type, status, title, summary, description, unit_amount, currency, affiliate_url, images, badges, category, tags, licence,
   samples, position)
values
${products.join(',\n')};

insert into product_files
  (id, product_id, slot, version, filename, content_type, size_bytes, sha256, store, key)
values
${files.join(',\n')};
`
  if (sql.match(/;$/gm)?.length !== 2) throw new TypeError('A text of the catalogue ends a line with a semicolon')
  return sql
}

async function productRow(product: Product, index: number): Promise<string> {
  const sale =
    product.type === 'direct'
      ? [String(product.unitAmount), "'eur'", 'null']
      : ['null', 'null', text(`https://www.amazon.com/dp/${product.asin}?tag=tillexample-20`)]
  const { description, licence } = copy(product)
  const about = [product.slug, product.type, product.status, product.title, shortSummary(product), description]
  const columns = [`prd_${idOf(product.slug)}`, ...about].map(text)
  const found = [text(product.category), words(product.tags), text(licence)]
  const samples = `${text(JSON.stringify(await sampleColumn(product)))}::jsonb`
  const place = String((index + 1) * 10)
  return `  (${[...columns, ...sale, images(product), words(product.badges), ...found, samples, place].join(', ')})`
}

function shortSummary({ slug, summary }: Product): string {
  if (summary.length > 160) throw new TypeError(`The summary of ${slug} has ${summary.length} characters`)
  return summary
}

/** The last part of a text is its licence, which pages show in a place of its own. */
const LICENCE = '### What you may do with it'

function copy({ slug }: Product): { description: string; licence: string } {
  const whole = readFileSync(`${import.meta.dirname}/../copy/${slug}.md`, 'utf8')
  const [description = '', licence = ''] = whole.split(LICENCE)
  return { description: description.trim(), licence: licence.trim() }
}

function images(product: Product): string {
  const list = product.pictures.map(({ filename, alt }) => {
    const { sha256, content_type } = storedPicture(filename)
    return { sha256, alt, ...PICTURE, content_type }
  })
  return `${text(JSON.stringify(list))}::jsonb`
}

function fileRows({ slug, downloads }: Direct): string[] {
  return downloads.map((download) => {
    const { sha256, size_bytes, key } = storedDownload(download.filename, download.contentType)
    const id = `fil_${idOf(slug)}_${download.slot}`
    const names = [id, `prd_${idOf(slug)}`, download.slot].map(text)
    const file = [text(download.filename), text(download.contentType), String(size_bytes), text(sha256)]
    return `  (${[...names, '1', ...file, "'blobs'", text(key)].join(', ')})`
  })
}
