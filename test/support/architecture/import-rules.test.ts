import { describe, expect, it } from 'vitest'
import { house } from './fixture.ts'
import { findForbiddenImports, findPackagesInBrowser } from './import-rules.ts'

const complaintsOf = (path: string, source: string) => findForbiddenImports(house({ [path]: source }))

describe('findForbiddenImports', () => {
  it.each([
    ['shop/money.ts', `import * as z from 'zod/mini'; import { sign } from './orders/sign.ts'`],
    ['shop/orders/sync-order.ts', `import type { App } from '../app.ts'; import { find } from '../../db/orders.ts'`],
    [
      'db/orders.ts',
      `import type { Order } from '../shop/orders/order.ts'; import type { Database } from './database.ts'`,
    ],
    ['adapters/stripe.ts', `import Stripe from 'stripe'; import type { App } from '../shop/app.ts'`],
    ['adapters/create-app.ts', `import shop from '../shop.config.ts'; import { createLog } from './log.ts'`],
    [
      'functions/go.ts',
      `import { endpoint } from '../adapters/endpoint.ts'; import type { Config } from '@netlify/functions'`,
    ],
    ['workers/sync-order.ts', `import { syncOrder } from '../shop/orders/sync-order.ts'`],
    ['site/assets/ts/success.ts', `import { formatMoney } from '../../../shop/money.ts'`],
    ['site/assets/ts/purchases/identity.ts', `import { login } from '@netlify/identity'`],
    [
      'eleventy.config.ts',
      `import { createCatalogue } from './adapters/create-app.ts'; import e from '@11ty/eleventy-img'`,
    ],
    ['local/start.ts', `import { createApp } from '../adapters/create-app.ts'; import Stripe from 'stripe'`],
    ['test/a.test.ts', `import { start } from '../local/start.ts'; import { build } from '../cli/build.ts'`],
  ])('has nothing to say about %s with %s', (path, source) => {
    expect(complaintsOf(path, source)).toEqual([])
  })

  it.each([
    ['shop/money.ts', 'stripe'],
    ['shop/money.ts', 'node:fs'],
    ['shop/money.ts', '../db/orders.ts'],
    ['shop/money.ts', './wake.ts'],
    ['shop/orders/order-status.ts', '../app.ts'],
    ['shop/orders/sync-order.ts', '../../adapters/stripe.ts'],
    ['shop/orders/sync-order.ts', '../../workers/sync-order.ts'],
    ['shop/orders/sync-order.ts', 'node:process'],
    ['shop/orders/sync-order.ts', '../app.ts'],
    ['shop/app.ts', '../adapters/stripe.ts'],
    ['db/orders.ts', '../shop/orders/order-status.ts'],
    ['db/orders.ts', '../shop/orders/sync-order.ts'],
    ['db/orders.ts', '@neondatabase/serverless'],
    ['db/orders.ts', '../adapters/neon.ts'],
    ['adapters/stripe.ts', './create-app.ts'],
    ['adapters/stripe.ts', '../shop/orders/sync-order.ts'],
    ['adapters/stripe.ts', '../db/orders.ts'],
    ['adapters/stripe.ts', '../shop.config.ts'],
    ['adapters/endpoint.ts', 'stripe'],
    ['functions/go.ts', 'stripe'],
    ['functions/go.ts', '../db/orders.ts'],
    ['functions/go.ts', '../adapters/stripe.ts'],
    ['functions/go.ts', '../adapters/create-app.ts'],
    ['functions/go.ts', '../adapters/config.ts'],
    ['functions/go.ts', './download.ts'],
    ['workers/sync-order.ts', '../adapters/stripe.ts'],
    ['workers/sync-order.ts', '../functions/go.ts'],
    ['site/assets/ts/success.ts', 'zod'],
    ['site/assets/ts/success.ts', '@netlify/identity'],
    ['site/assets/ts/purchases/identity.ts', 'gotrue-js'],
    ['site/assets/ts/purchases/identity.ts', '../is-object.ts'],
    ['site/assets/ts/success.ts', '../../../adapters/config.ts'],
    ['site/assets/ts/success.ts', '../../../shop/wake.ts'],
    ['site/_build/load-shelf.ts', '../../db/orders.ts'],
    ['site/_build/load-shelf.ts', '../../adapters/stripe.ts'],
    ['site/_build/load-shelf.ts', 'stripe'],
    ['eleventy.config.ts', './shop/wake.ts'],
    ['shop.config.ts', './adapters/config.ts'],
    ...[
      'shop/money',
      'shop/wake',
      'db/orders',
      'adapters/log',
      'functions/go',
      'workers/registry',
      'eleventy.config',
    ].flatMap((name) =>
      ['local/start.ts', 'test/support/platform.ts', 'bench/run.ts', 'cli/build.ts'].map((tool) => [
        `${name}.ts`,
        `#/${tool}`,
      ]),
    ),
  ])('forbids %s to import %s', (path = '', target = '') => {
    const specifier = target.startsWith('#/')
      ? `${'../'.repeat(path.split('/').length - 1) || './'}${target.slice(2)}`
      : target
    expect(complaintsOf(path, `import x from '${specifier}'`)).toHaveLength(1)
    expect(complaintsOf(path, `export { x } from '${specifier}'`)).toHaveLength(1)
    expect(complaintsOf(path, `const x = await import('${specifier}')`)).toHaveLength(1)
  })

  it('lets types through where they are all that is allowed, and says so where they are not', () => {
    expect(
      complaintsOf('db/orders.ts', `import type { A } from '../shop/a.ts'; import { type B } from '../shop/b.ts'`),
    ).toEqual([])
    expect(complaintsOf('db/orders.ts', `import { type B, c } from '../shop/b.ts'`)).toHaveLength(1)
    expect(complaintsOf('shop/money.ts', `import type { App } from './app.ts'`)).toEqual([
      'shop/money.ts (rule) may not import types of shop/app.ts',
    ])
    expect(complaintsOf('shop/money.ts', `const x: import('./app.ts').App = 1`)).toHaveLength(1)
  })

  it('does not let an address through that is only known when it runs', () => {
    expect(complaintsOf('shop/money.ts', 'await import(name)')).toHaveLength(1)
  })

  it('speaks of every file', () => {
    expect(complaintsOf('lib/anything.ts', '')).toEqual([expect.stringContaining('lies outside of the house')])
  })
})

describe('findPackagesInBrowser', () => {
  const scripts = {
    'site/assets/ts/a.ts': `import { b } from '../../../shop/b.ts'`,
    'shop/c.ts': `import * as z from 'zod/mini'`,
  }

  it('finds a package through a rule, and another rule', () => {
    expect(findPackagesInBrowser(house({ ...scripts, 'shop/b.ts': `export { c } from './c.ts'` }))).toEqual([
      'site/assets/ts/a.ts carries zod/mini by shop/c.ts to the browser',
    ])
  })

  it('does not mind types', () => {
    expect(findPackagesInBrowser(house({ ...scripts, 'shop/b.ts': `import type { C } from './c.ts'` }))).toEqual([])
  })
})
