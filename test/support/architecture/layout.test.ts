import { describe, expect, it } from 'vitest'
import { house } from './fixture.ts'
import { findDisorder } from './layout.ts'

const lines = (count: number) => Array.from({ length: count }, (_, i) => `const line${i} = ${i}`).join('\n')

describe('findDisorder', () => {
  it.each([
    ['shop/money.ts', lines(200)],
    ['functions/create_checkout_session.ts', lines(30)],
    ['functions/run_jobs-background.ts', ''],
    ['test/shop/money.test.ts', ''],
    ['adapters/tokens.ts', `export { a } from './a.ts'\nexport const own = 1`],
    ['local/services.ts', ''],
  ])('has nothing to say about %s', (path, source) => {
    expect(findDisorder(house({ [path]: source }))).toEqual([])
  })

  it.each([
    ['shop/money.ts', lines(201)],
    ['functions/go.ts', lines(31)],
    ['shop/utils/money.ts', ''],
    ['shop/orders/helpers.ts', ''],
    ['lib/money.ts', ''],
    ['shop/services/orders.ts', ''],
    ['common/a.ts', ''],
    ['shop/Money.ts', ''],
    ['shop/format_money.ts', ''],
    ['functions/create-session.ts', ''],
    ['functions/createSession.ts', ''],
    ['shop/index.ts', `export * from './money.ts'`],
    ['shop/all.ts', `export { a } from './a.ts'\nexport type { B } from './b.ts'`],
    ['shop/all.ts', `import { a } from './a.ts'\nexport { a }`],
  ])('complains about %s', (path, source) => {
    expect(findDisorder(house({ [path]: source }))).toHaveLength(1)
  })
})
