import type { SimulatedDatabase } from './simulated-database.ts'
import type { Vendors } from './vendors.ts'

/** The shop's products by slug, in cents; no two sets of the three priced ones cost the same. */
export const PRICES = { book: 1900, print: 2500, song: 900, sample: 0 } as const
export type Slug = keyof typeof PRICES

/** A promotion code that makes everything free. */
export const FREE_CODE = 'ONTHEHOUSE'

/** Puts the products, each with one file, on the shelf. */
export async function stockShop({ pglite }: Pick<SimulatedDatabase, 'pglite'>): Promise<void> {
  const rows = Object.entries(PRICES).map(
    ([slug, price]) => `('prd_${slug}', '${slug}', 'direct', 'published', 'The ${slug}', ${price}, 'eur')`,
  )
  await pglite.exec(`
    insert into products (id, slug, type, status, title, unit_amount, currency) values ${rows.join(', ')};
    insert into product_files (id, product_id, filename, content_type, size_bytes, sha256, key)
    select 'fil_' || slug, id, slug || '.pdf', 'application/pdf', 1, repeat('0', 64), 'files/' || slug from products;
    -- As if a build had shown them: nobody builds here.
    update site_build set sent = asked, built = asked, waiting_since = null; delete from jobs where kind = 'build_site';`)
}

/** Makes the promotion code at Stripe, as the seller would in the dashboard. */
export async function makeFreeCode({ stripe }: Pick<Vendors, 'stripe'>): Promise<void> {
  const post = async (path: string, form: Record<string, string>) => {
    const answer = await stripe.routes.request(path, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_0123456789', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    })
    const body = (await answer.json()) as { id: string }
    if (answer.status !== 200) throw new Error(`Stripe refused ${path}: ${JSON.stringify(body)}`)
    return body.id
  }
  const coupon = await post('/v1/coupons', { percent_off: '100', duration: 'once' })
  await post('/v1/promotion_codes', { code: FREE_CODE, 'promotion[type]': 'coupon', 'promotion[coupon]': coupon })
}

/** A checkout of another program on the same Stripe account. @returns its id */
export async function openForeignSession({ stripe }: Pick<Vendors, 'stripe'>): Promise<string> {
  const form = {
    mode: 'payment',
    success_url: 'https://elsewhere.example/thanks',
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': 'eur',
    'line_items[0][price_data][unit_amount]': '4200',
    'line_items[0][price_data][product_data][name]': 'Something else',
  }
  const answer = await stripe.routes.request('/v1/checkout/sessions', {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_0123456789', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })
  return ((await answer.json()) as { id: string }).id
}
