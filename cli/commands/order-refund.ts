import { findRefundable, findRefundRequest } from '../../db/refund-requests.ts'
import { NotFound } from '../../shop/errors.ts'
import { refundOrder } from '../../shop/orders/refund-order.ts'
import { planRefund, type RefundAnswer, type RefundWish } from '../../shop/orders/wanted-refund.ts'
import { type Command, type ExitCode, type Given, type Terminal, UsageError } from './command.ts'
import { isConfirmed } from './is-confirmed.ts'
import { readAmount, sayAmount } from './order/say-amount.ts'

/** `npm run till -- order refund <order>`. */
export const ORDER_REFUND: Command = {
  name: 'order refund',
  summary: 'Pays an order back through Stripe: all that is left, an amount, or items',
  usage: '<order> [--amount <amount> | --items <item>,…] [--again] [--request <rfq_…>] [--dry-run] [--yes]',
  details: `  --amount <amount>  that much, such as 4.50; access stays as it is
  --items <item>,…   these items, whose access ends; \`order show\` lists their ids
  --again            pays the same back once more, although that was done within the last day
  --request <rfq_…>  a name of your own for this refund, for scripts: the same name is the same refund, however often it is asked for
  --dry-run          says what would be paid back, to whom, and does nothing

Without --amount and --items all that is left goes back, and access ends. You are asked first, with the sum and the buyer. A refund is
written down before Stripe is asked, so that it is made once whatever fails on the way: one that Stripe does not answer about is tried
again by the queue. It ends with 1 if Stripe refused it, or has not answered yet.

  npm run till -- order refund ord_5h2k… --amount 4.50`,
  options: {
    amount: { type: 'string' },
    items: { type: 'string' },
    again: { type: 'boolean' },
    request: { type: 'string' },
    'dry-run': { type: 'boolean' },
    yes: { type: 'boolean' },
  },
  wordCount: 1,
  async run({ app, given, terminal }) {
    const [orderId = ''] = given.words
    const requestId = readRequestId(given) ?? app.newId('rfq')
    const seen = await findRefundable(app.db, orderId)
    if (!seen) throw new NotFound(`There is no order ${orderId}.`)
    const wish = readWish(given, seen.currency)
    const asked = { orderId, wish, requestId, again: given.options.again === true, actor: 'till' }
    const known = await findRefundRequest(app.db, requestId)
    if (known)
      return tellAnswer(await refundOrder(app, { ...asked, seen: 0 }), sayAmount(known.amount, seen.currency), terminal)
    const { amount } = planRefund(seen, wish)
    const sum = sayAmount(amount, seen.currency)
    const plan = `${sum} of order ${orderId} back to ${seen.email ?? 'its buyer'}`
    if (given.options['dry-run']) return say(terminal, `This would pay ${plan}. Nothing was done.`)
    if (!(await isConfirmed(`Pay ${plan}?`, given, terminal))) return 1
    return tellAnswer(await refundOrder(app, { ...asked, seen: seen.amount_refunded + seen.reserved }), sum, terminal)
  },
}

function say({ print }: Terminal, line: string): ExitCode {
  print(line)
  return 0
}

function readRequestId({ options: { request } }: Given): string | null {
  if (request === undefined) return null
  if (typeof request === 'string' && /^rfq_[A-Za-z0-9_]{4,60}$/.test(request)) return request
  throw new UsageError('--request takes rfq_ and 4 to 60 letters, digits or underscores.')
}

function readWish({ options: { amount, items } }: Given, currency: string): RefundWish {
  if (amount !== undefined && items !== undefined) throw new UsageError('Say --amount or --items.')
  if (typeof amount === 'string') return { amount: readAmount(amount, currency) }
  if (typeof items !== 'string') return 'rest'
  const itemIds = [...new Set(items.split(',').map((id) => id.trim()))].filter(Boolean)
  if (itemIds.length > 0) return { itemIds }
  throw new UsageError('--items takes the ids of items, such as itm_5h2k…,itm_7ab3….')
}

function tellAnswer(answer: RefundAnswer, sum: string, { print, tell }: Terminal): ExitCode {
  if (answer.state === 'refused') {
    tell(`Stripe refused: ${answer.reason}`)
    return 1
  }
  if (answer.state === 'open') {
    tell(
      `Stripe does not answer. The refund of ${sum} is written down, and the queue tries it until it does, once only.`,
    )
    return 1
  }
  if (answer.status === 'failed' || answer.status === 'canceled') {
    tell(`Stripe took the refund of ${sum} (${answer.refundId}), and it has ${answer.status}.`)
    return 1
  }
  const isDone = answer.status === 'succeeded' || answer.status === 'known'
  print(
    isDone
      ? `${sum} is paid back: ${answer.refundId}.`
      : `Stripe has taken the refund of ${sum}: ${answer.refundId}, ${answer.status}.`,
  )
  return 0
}
