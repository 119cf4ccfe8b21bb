import { randomUUID } from 'node:crypto'
import { BOOK } from '../../support/demo-products.ts'
import type { Stage, Who } from './stage.ts'

/** A request that a page of ours makes; `slug` is what stands in the path. */
export type Question = { method?: 'GET'; slug?: string; query?: string; body?: unknown; type?: string }

/** The statuses that nobody, another buyer, the buyer and the admin get. */
type Rights = [nobody: number, other: number, buyer: number, admin: number]
export type Row = {
  ask: (stage: Stage) => Question | Promise<Question>
  gets: Rights
  /** Who sees something that is the buyer's own; nobody unless said. */
  shows?: Who[]
}

const everybody = (status: number): Rights => [status, status, status, status]
const ADMIN: Rights = [401, 403, 403, 200]
/** As strangers see it: what is not theirs does not exist. */
const OWN: Rights = [401, 404, 200, 404]

/**
 * Who may what at which door: a sound question for each, and what becomes of it. A function that has no row here fails the tests that
 * try every door, so whoever writes one says in this table who may use it.
 */
export const ROWS: Record<string, Row> = {
  go: { ask: () => ({ method: 'GET', slug: 'book' }), gets: everybody(303) },
  create_checkout_session: { ask: () => ({ body: { items: [{ slug: 'book', quantity: 1 }] } }), gets: everybody(201) },
  log_click: { ask: () => ({ body: { slug: 'tool' } }), gets: everybody(204) },
  healthz: { ask: () => ({ method: 'GET' }), gets: everybody(200) },
  stripe_webhook: { ask: () => ({ body: { object: 'event', id: 'evt_1' } }), gets: everybody(400) },
  resend_webhook: { ask: () => ({ body: { type: 'email.bounced' } }), gets: everybody(400) },
  'run_jobs-background': { ask: () => ({ body: {} }), gets: everybody(403) },

  get_entitlements: {
    ask: ({ sale }) => ({ body: { session_id: sale.sessionId } }),
    gets: [401, 401, 200, 401],
    shows: ['buyer'],
  },
  download: {
    ask: async ({ link }) => ({ method: 'GET', query: new URL(await link()).search }),
    gets: everybody(200),
  },
  send_access_code: {
    ask: ({ sale }) => ({ body: { session_id: sale.sessionId, email: 'stranger@example.com' } }),
    gets: everybody(202),
  },
  redeem_access_code: {
    ask: ({ sale }) => ({ body: { session_id: sale.sessionId, code: '000000' } }),
    gets: everybody(410),
  },
  send_access_link: {
    ask: ({ sale }) => ({ body: { session_id: sale.sessionId, email: 'stranger@example.com' } }),
    gets: everybody(202),
  },
  correct_email: {
    ask: ({ sale, buyer }) => ({ body: { session_id: sale.sessionId, email: buyer } }),
    // It is that address already, which nobody else is told.
    gets: [404, 404, 409, 404],
  },

  get_purchases: { ask: () => ({ body: {} }), gets: [401, 200, 200, 200], shows: ['buyer'] },
  get_download_link: {
    ask: ({ sale, fileId }) => ({ body: { order_item_id: sale.itemId, file_id: fileId } }),
    gets: OWN,
  },
  // The day's mail went out when the buyer first opened the order.
  send_purchase_links: { ask: ({ sale }) => ({ body: { order_id: sale.orderId } }), gets: [401, 404, 429, 404] },
  get_my_data: { ask: () => ({ body: {} }), gets: [401, 200, 200, 200], shows: ['buyer'] },
  send_portal_link: { ask: ({ buyer }) => ({ body: { email: buyer } }), gets: everybody(202) },
  open_portal_link: { ask: () => ({ body: { token: 'a.b.c' } }), gets: everybody(401) },
  close_portal: { ask: () => ({ body: {} }), gets: everybody(200) },
  // Each may remove the own account, which needs a token that only the platform hands out.
  delete_account: { ask: () => ({ body: { confirm: true } }), gets: [401, 503, 503, 503] },

  admin_today: { ask: () => ({ body: { days: 7 } }), gets: ADMIN },
  admin_orders: { ask: () => ({ body: {} }), gets: ADMIN, shows: ['admin'] },
  admin_order: { ask: ({ sale }) => ({ body: { order_id: sale.orderId } }), gets: ADMIN, shows: ['admin'] },
  admin_change_order: {
    ask: ({ sale }) => ({ body: { order_id: sale.orderId, item_id: sale.itemId, action: 'restore' } }),
    gets: ADMIN,
  },
  admin_refund: {
    ask: ({ sale }) => ({
      body: {
        order_id: sale.orderId,
        request_id: `rfq_${randomUUID().replaceAll('-', '')}`,
        wish: { amount: 1 },
        seen: 0,
      },
    }),
    gets: ADMIN,
  },
  admin_sync: { ask: ({ sale }) => ({ body: { order_id: sale.orderId } }), gets: ADMIN, shows: ['admin'] },
  admin_reconcile: { ask: () => ({ body: { days: 7, place: null } }), gets: ADMIN },
  admin_redrive: { ask: () => ({ body: { id: 'all' } }), gets: ADMIN },
  admin_work: { ask: () => ({ body: {} }), gets: ADMIN },
  admin_products: { ask: () => ({ body: {} }), gets: ADMIN },
  admin_product: { ask: () => ({ body: { product_id: 'prd_book' } }), gets: ADMIN },
  admin_save_product: {
    ask: () => ({ body: { product_id: 'prd_book', version: 1, fields: { title: 'A Book & More' } } }),
    gets: ADMIN,
  },
  admin_change_product: {
    ask: () => ({ body: { product_id: 'prd_gone', version: 1, action: 'retire' } }),
    gets: ADMIN,
  },
  admin_change_file: { ask: () => ({ body: { file_id: 'fil_prd_gone', action: 'restore' } }), gets: ADMIN },
  // This shop has no build hook.
  admin_rebuild: { ask: () => ({ body: {} }), gets: [401, 403, 403, 503] },
  admin_picture: { ask: ({ picture }) => ({ body: { sha256: picture } }), gets: ADMIN },
  admin_upload: { ask: () => ({ body: { sha256: BOOK.sha256, size_bytes: BOOK.bytes.length } }), gets: ADMIN },
  admin_upload_part: {
    ask: () => ({ query: `?sha256=${BOOK.sha256}&size=3&part=1`, body: 'abc', type: 'application/octet-stream' }),
    gets: ADMIN,
  },
  admin_finish_upload: {
    ask: () => ({
      body: {
        sha256: BOOK.sha256,
        size_bytes: BOOK.bytes.length,
        use: 'file',
        product_id: 'prd_book',
        slot: 'main',
        filename: BOOK.filename,
        changelog: '',
      },
    }),
    gets: ADMIN,
  },
}
