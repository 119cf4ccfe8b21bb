/** The verbs with which the name of a use case begins; everything else in shop/ is a rule. */
const VERBS = [
  'alert',
  'ask',
  'purge',
  'note',
  'tell',
  'approve',
  'close',
  'correct',
  'delete',
  'erase',
  'gather',
  'identify',
  'mint',
  'reject',
  'follow',
  'limit',
  'redeem',
  'refund',
  'change',
  'make',
  'revoke',
  'start',
  'list',
  'open',
  'render',
  'send',
  'sync',
  'receive',
  'add',
  'edit',
  'place',
  'publish',
  'retire',
  'store',
  'finish',
  'wait',
  'wake',
]

/** What adapters a function's file may use besides `endpoint` and `background`: those that read requests and write answers. */
const EDGE = [
  'admin-endpoint',
  'background',
  'claim-cookie',
  'content-disposition',
  'endpoint',
  'error-pages',
  'mailer-port',
  'not-for-sale',
  'payments-port',
  'portal-cookie',
  'price-changed',
  'redirect',
  'request-body',
  'visitor',
  'waker',
]

const WIRING = ['admin-endpoint', 'background', 'create-app', 'endpoint', 'mailer-port', 'payments-port', 'wire-app']

const basename = (path: string) => path.replace(/^.*\//, '').replace(/\.ts$/, '')

const isUseCase = (path: string) => path.startsWith('shop/') && VERBS.includes(basename(path).split('-')[0] ?? '')

/** The parts of the house, each by the files that it holds. A file may be in several. */
export const ZONES = {
  port: (path: string) => path === 'shop/app.ts',
  'use case': isUseCase,
  'who is the seller': (path: string) => path === 'shop/admin/identify-admin.ts',
  rule: (path: string) => path.startsWith('shop/') && path !== 'shop/app.ts' && !isUseCase(path),
  'shop.config.ts': (path: string) => path === 'shop.config.ts',
  db: (path: string) => path.startsWith('db/'),
  'db/database.ts': (path: string) => path === 'db/database.ts',
  'db/products.ts': (path: string) => path === 'db/products.ts',
  'db/old-addresses.ts': (path: string) => path === 'db/old-addresses.ts',
  worker: (path: string) => path.startsWith('workers/'),
  adapter: (path: string) => path.startsWith('adapters/'),
  wiring: (path: string) => path.startsWith('adapters/') && WIRING.includes(basename(path)),
  'adapters/create-app.ts': (path: string) => path === 'adapters/create-app.ts',
  edge: (path: string) => path.startsWith('adapters/') && EDGE.includes(basename(path)),
  function: (path: string) => path.startsWith('functions/'),
  'error pages': (path: string) => path === 'site/errors/plain-pages.ts',
  words: (path: string) => path.startsWith('site/_data/'),
  'signing in': (path: string) => path === 'site/assets/ts/purchases/identity.ts',
  browser: (path: string) => path.startsWith('site/assets/'),
  build: (path: string) => path === 'eleventy.config.ts' || /^site\/(?!assets\/)/.test(path),
  tool: (path: string) => /^(local|cli|test|bench)\//.test(path) || path === 'vitest.config.ts',
} as const

export type Zone = keyof typeof ZONES

export function isIn(zone: Zone, path: string): boolean {
  return ZONES[zone](path)
}
