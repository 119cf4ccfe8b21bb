import { imagineProduct } from '../../cli/commands/demo/imagine-product.ts'
import type { ProductImage, ShelfProduct } from '../../shop/catalogue/product.ts'

/** Eight pictures, as `npm run till -- demo` draws them; here nobody looks at their bytes. */
export const IMAGES: ProductImage[] = Array.from({ length: 8 }, (_, at) => ({
  sha256: String(at).repeat(64),
  alt: `Picture ${at}`,
  width: 1200,
  height: 900,
  content_type: 'image/jpeg',
}))

/** The demo catalogue, the same for every contender. */
export function catalogue(count: number): ShelfProduct[] {
  const props = { currency: 'eur', images: IMAGES, amazon: { host: 'www.amazon.com', tag: 'tillexample-20' } }
  const rest = { status: 'published', files: [], samples: [], updated_at: '2026-01-01 00:00:00+00' }
  return Array.from(
    { length: count },
    (_, at) => ({ ...imagineProduct(at, props), ...rest }) as unknown as ShelfProduct,
  )
}
