/** What a category of the demo catalogue sells: the last word of its titles, and tags that fit. */
export type Kind = { category: string; form: string; tags: string[] }

export const KINDS: Kind[] = [
  { category: 'books', form: 'Handbook', tags: ['reading', 'pdf', 'craft'] },
  { category: 'typefaces', form: 'Grotesk', tags: ['letters', 'headlines'] },
  { category: 'prints', form: 'Poster', tags: ['wall', 'a2', 'to-print'] },
  { category: 'sounds', form: 'Loops', tags: ['ambient', 'wav', 'film'] },
  { category: 'templates', form: 'Templates', tags: ['office', 'csv'] },
  { category: 'patterns', form: 'Patterns', tags: ['svg', 'cloth', 'paper'] },
  { category: 'icons', form: 'Icons', tags: ['svg', 'screens', 'signs'] },
  { category: 'brushes', form: 'Brushes', tags: ['drawing', 'ink'] },
  { category: 'textures', form: 'Textures', tags: ['paper', 'png'] },
  { category: 'planners', form: 'Planner', tags: ['a4', 'to-print', 'year'] },
  { category: 'recipes', form: 'Recipes', tags: ['kitchen', 'pdf'] },
  { category: 'courses', form: 'Course', tags: ['video', 'beginners'] },
]

export const FIRST =
  words(`Quiet Northern Early Late Blue Amber Copper Silver Open Hidden Little Broad Gentle Bright Plain Paper
  Winter Summer Autumn Spring Morning Evening Midnight Rainy Windy Slow Steady Simple Loose Narrow Round Square Wooden Glass Linen
  Woollen Salted Painted Printed Folded Mended Borrowed Patient Curious Modest Honest Distant Coastal Inland Élan`)

export const SECOND =
  words(`Harbour Window Orchard Meadow Lantern Kettle Staircase Attic Bridge Ferry Lighthouse Garden Workshop
  Bakery Library Station Avenue Corner Market Fountain Chimney Courtyard Balcony Doorway Shutter Quarry River Delta Island Heath
  Moor Ridge Valley Summit Glacier Pebble Feather Thimble Ribbon Button Needle Anchor Compass Sextant Almanac Ledger Notebook
  Postcard Envelope Café`)

export const SENTENCES = [
  'It began as something I needed myself, and grew a little every week until it was finished.',
  'Nothing in it is filler: what did not earn its place was cut, then cut again.',
  'You can open it without an account, without a network, and in ten years as well.',
  'It was tried on real work for a year before it came on this shelf.',
  'Small enough to be understood in an evening, and deep enough to be used for years.',
  'The first version was ugly. This one is the ninth, and the drawer holds the others.',
  'Every part has a name, so that you find it again when you are in a hurry.',
  'It takes no side in arguments about tools: plain files, and you decide the rest.',
  'There is a page of notes on how it was made, for people who like to look behind things.',
  'If it saves you an hour, it has paid for itself; mostly it saves an afternoon.',
]

export const POINTS = [
  'Plain files that open everywhere',
  'A short note on how to begin',
  'Three worked examples, from small to large',
  'Light and dark, where that makes a difference',
  'A page to print and pin to the wall',
  'Every source, for changing what you like',
  'Later versions, as long as I make them',
]

export const LICENCE = `Use it in your own work and your clients’, also paid, as often as you like.

Please do not sell or share the files themselves.`

function words(text: string): string[] {
  return text.split(/\s+/)
}
