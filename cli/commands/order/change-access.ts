import { findCaredOrder } from '../../../db/order-care.ts'
import { NotFound } from '../../../shop/errors.ts'
import { revokeItem } from '../../../shop/orders/revoke-item.ts'
import type { Call, ExitCode } from '../command.ts'

/** Takes access to the named item away, or gives it back, and says what came of it. @throws NotFound when there is no such item */
export async function changeAccess({ app, given, terminal }: Call, isRevoked: boolean): Promise<ExitCode> {
  const [orderId = '', itemId = ''] = given.words
  const title = await findTitle(app.db, orderId, itemId)
  const change = isRevoked ? 'taken away' : 'given back'
  if (given.options['dry-run']) {
    terminal.print(`Access to "${title}" would be ${change}. Nothing was changed.`)
    return 0
  }
  const isChanged = await revokeItem(app, { orderId, itemId, isRevoked, actor: 'till' })
  terminal.print(isChanged ? `Access to "${title}" is ${change}.` : `Access to "${title}" was ${change} already.`)
  return 0
}

async function findTitle(db: Call['app']['db'], orderId: string, itemId: string): Promise<string> {
  const order = await findCaredOrder(db, orderId)
  if (!order) throw new NotFound(`There is no order ${orderId}.`)
  const item = order.items.find(({ id }) => id === itemId)
  if (item) return item.title
  const items = order.items.map(({ id, title }) => `  ${id}  ${title}`).join('\n')
  throw new NotFound(`Order ${orderId} has no item ${itemId}. It has:\n${items}`)
}
