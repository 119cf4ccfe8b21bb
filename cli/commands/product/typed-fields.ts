import type { ProductFields } from '../../../shop/catalogue/product-fields.ts'
import { type Given, UsageError } from '../command.ts'
import { withLocalFile } from '../file/local-file.ts'
import { given } from './field-options.ts'

const PLAIN = ['slug', 'summary', 'price', 'currency', 'category'] as const
const LISTS = ['tags', 'badges'] as const
const TEXTS = ['description', 'licence'] as const

/** What the options say about a product, pictures aside; only the fields that they name. @throws UsageError, Error when a file is not there */
export async function typedFields(typed: Given): Promise<Partial<ProductFields>> {
  const fields: Partial<ProductFields> = {}
  for (const name of PLAIN) if (given(typed, name) !== undefined) fields[name] = given(typed, name) ?? ''
  for (const name of LISTS) if (given(typed, name) !== undefined) fields[name] = splitList(given(typed, name) ?? '')
  for (const name of TEXTS) {
    const text = await readText(typed, name)
    if (text !== undefined) fields[name] = text
  }
  const link = given(typed, 'link')
  return link === undefined ? fields : { ...fields, link }
}

async function readText(typed: Given, name: string): Promise<string | undefined> {
  const [text, path] = [given(typed, name), given(typed, `${name}-file`)]
  if (text !== undefined && path !== undefined) throw new UsageError(`Say --${name} or --${name}-file, not both.`)
  return path === undefined ? text : (await readTextFile(path)).replaceAll('\r\n', '\n')
}

/** A text file as it is, but for the mark that some editors put at its beginning. */
export function readTextFile(path: string): Promise<string> {
  return withLocalFile(path, async (file) => {
    const bytes = await file.read({ first: 0, last: file.sizeBytes - 1 })
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch (error) {
      throw new Error(`${path} is not text in UTF-8.`, { cause: error })
    }
  })
}

function splitList(text: string): string[] {
  const items = text.split(',').map((item) => item.trim())
  return items.filter((item) => item !== '')
}
