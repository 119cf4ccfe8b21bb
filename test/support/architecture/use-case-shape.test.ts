import { describe, expect, it } from 'vitest'
import { house } from './fixture.ts'
import { findMisshapenUseCases } from './use-case-shape.ts'

describe('findMisshapenUseCases', () => {
  it.each([
    'export async function syncOrder(app: App, id: string, cause?: Cause) {}',
    'export function syncOrder(app: Pick<App, "db">) {}',
    'function inner(id: string) {}',
  ])('has nothing to say about %s', (source) => {
    expect(findMisshapenUseCases(house({ 'shop/orders/sync-order.ts': source }))).toEqual([])
  })

  it.each([
    'export function syncOrder(id: string, app: App) {}',
    'export function syncOrder() {}',
    'export function syncOrder({ db }: App, id: string) {}',
    'export function syncOrder(app: App, a: string, b: string, c: string) {}',
  ])('complains about %s', (source) => {
    expect(findMisshapenUseCases(house({ 'shop/orders/sync-order.ts': source }))).toHaveLength(1)
    expect(findMisshapenUseCases(house({ 'shop/orders/order-status.ts': source }))).toEqual([])
  })
})
