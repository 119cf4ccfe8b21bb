import { newId } from './ids.ts'
import type { Metadata } from './metadata.ts'
import type { LineItem, Price, Product } from './wire-types.ts'

export type LineRequest = {
  currency: string
  unit_amount: number
  quantity: number
  tax_behavior: 'exclusive' | 'inclusive' | 'unspecified'
  product: Product
  metadata: Metadata
}

type ProductRequest = {
  name: string
  description: string | undefined
  images: string[]
  metadata: Metadata
  tax_code: string | undefined
  unit_label: string | undefined
}

/** A product as `price_data[product_data]` describes it. */
export function newProduct(request: ProductRequest, created: number): Product {
  return {
    id: newId('prod_', 14),
    object: 'product',
    active: false,
    created,
    default_price: null,
    description: request.description ?? null,
    images: request.images,
    livemode: false,
    marketing_features: [],
    metadata: request.metadata,
    name: request.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: request.tax_code ?? null,
    tax_details: null,
    type: 'service',
    unit_label: request.unit_label ?? null,
    updated: created,
    url: null,
  }
}

function newPrice(request: LineRequest, created: number): Price {
  return {
    id: newId('price_1'),
    object: 'price',
    // Prices made for one session are born inactive: they cannot be sold again.
    active: false,
    billing_scheme: 'per_unit',
    created,
    currency: request.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: request.product.id,
    recurring: null,
    tax_behavior: request.tax_behavior,
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: request.unit_amount,
    unit_amount_decimal: String(request.unit_amount),
  }
}

/** A line of a session before discounts and tax. */
export function newLineItem(request: LineRequest, created: number): LineItem {
  const amount = request.unit_amount * request.quantity
  return {
    id: newId('li_1'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: request.currency,
    description: request.product.name,
    metadata: request.metadata,
    price: newPrice(request, created),
    quantity: request.quantity,
  }
}
