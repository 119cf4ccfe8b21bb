import type { DemoProduct } from '../../../db/demo-catalogue.ts'
import type { ProductImage } from '../../../shop/catalogue/product.ts'
import { FIRST, KINDS, type Kind, LICENCE, POINTS, SECOND, SENTENCES } from './vocabulary.ts'

/** What all imagined products share: a handful of pictures, and where recommendations lead if the shop has a tracking id. */
export type Props = { currency: string; images: ProductImage[]; amazon: { host: string; tag: string } | null }

/** Prime to the number of pairs, so that walking the pairs by it meets each once before any comes again. */
const STRIDE = 7919
/** Every so manieth product is somebody else's. */
const RECOMMENDED = 25

/** The product of this number, from 0: always the same one, and no two with one title below 30,000. */
export function imagineProduct(number: number, props: Props): DemoProduct {
  const kind = KINDS[number % KINDS.length] as Kind
  const chance = chanceFrom(number)
  const title = `${nameOf(number)} ${kind.form}`
  const pick = <Item>(list: Item[]) => list[Math.floor(chance() * list.length)] as Item
  return {
    id: `prd_demo_${String(number).padStart(6, '0')}`,
    slug: slugOf(title),
    title,
    summary: `${kind.form} from the ${title.split(' ')[1]?.toLowerCase()}. ${pick(SENTENCES)}`,
    description: describe(pick),
    licence: LICENCE,
    category: kind.category,
    tags: [...new Set([pick(kind.tags), pick(kind.tags)])],
    badges: chance() < 0.1 ? ['New'] : [],
    images: props.images.length > 0 ? [pick(props.images)] : [],
    position: 1000 + number,
    published_at: new Date(Date.UTC(2026, 0, 1) - number * 3_600_000).toISOString(),
    ...sale(number, props, chance),
  }
}

type Sale = Pick<DemoProduct, 'type' | 'unit_amount' | 'currency' | 'affiliate_url'>

function sale(number: number, { currency, amazon }: Props, chance: () => number): Sale {
  if (amazon && number % RECOMMENDED === RECOMMENDED - 1) {
    const asin = `B0${String(number).padStart(8, '0')}`
    const affiliate_url = `https://${amazon.host}/dp/${asin}?tag=${amazon.tag}`
    return { type: 'affiliate', unit_amount: null, currency: null, affiliate_url }
  }
  const unit_amount = chance() < 0.03 ? 0 : 400 + 100 * Math.floor(chance() * 60)
  return { type: 'direct', unit_amount, currency, affiliate_url: null }
}

function nameOf(number: number): string {
  const pairs = FIRST.length * SECOND.length
  const pair = (Math.floor(number / KINDS.length) * STRIDE + (number % KINDS.length) * 131) % pairs
  return `${FIRST[pair % FIRST.length]} ${SECOND[Math.floor(pair / FIRST.length)]}`
}

function describe(pick: <Item>(list: Item[]) => Item): string {
  const sentences = (count: number) => Array.from({ length: count }, () => pick(SENTENCES)).join(' ')
  const points = [...new Set(Array.from({ length: 4 }, () => pick(POINTS)))].map((point) => `- ${point}`)
  return `${sentences(3)}\n\n### What is inside\n\n${points.join('\n')}\n\n### Who it is for\n\n${sentences(2)} _Really._`
}

function slugOf(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
}

/** Mulberry32: numbers from 0 to 1 that look like chance and are the same on every machine. */
function chanceFrom(seed: number): () => number {
  let state = seed * 2654435761
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
