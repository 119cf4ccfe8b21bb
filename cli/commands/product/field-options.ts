import type { Command, Given } from '../command.ts'

/** The options that say something about a product, for `product add` and `product edit`. */
export const FIELD_OPTIONS: Command['options'] = {
  slug: { type: 'string' },
  summary: { type: 'string' },
  description: { type: 'string' },
  'description-file': { type: 'string' },
  price: { type: 'string' },
  currency: { type: 'string' },
  link: { type: 'string' },
  category: { type: 'string' },
  tags: { type: 'string' },
  badges: { type: 'string' },
  licence: { type: 'string' },
  'licence-file': { type: 'string' },
  image: { type: 'string', multiple: true },
  alt: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
}

export const FIELD_HELP = `  --price <price>            what it costs: 19 or 19.00, without a thousands separator; 0 gives it away for free
  --currency <code>          three letters; that of shop.config.ts if you say nothing
  --summary <line>           one line for cards and search results
  --description <markdown>   the text of its page, or --description-file <path>
  --image <path>             a picture: JPEG, PNG, WebP or AVIF, 10 MB at most; several times for several, the first is its face
  --alt <line>               what that picture shows, for people who cannot see it; as often as --image, in the same order
  --category <word>          where it stands in the store, such as prints
  --tags <words>             separated by commas, such as wall,a2
  --badges <labels>          short labels, separated by commas, such as "New,Last year's"
  --licence <markdown>       what buyers may do with it, or --licence-file <path>
  --link <url>               where a recommendation leads; such a product is another shop's, and has neither price nor files
  --slug <slug>              its address, /store/<slug>/
  --dry-run                  says what would be written and changes nothing
  --json                     answers with the product as one JSON document`

/** The value of an option that may be given several times. */
export function listed({ options }: Given, name: string): string[] {
  const value: unknown = options[name]
  return Array.isArray(value) ? value.map(String) : []
}

/** The value of an option, if it was given. */
export function given({ options }: Given, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}
