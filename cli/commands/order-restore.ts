import type { Command } from './command.ts'
import { changeAccess } from './order/change-access.ts'

/** `npm run till -- order restore <order> <item>`. */
export const ORDER_RESTORE: Command = {
  name: 'order restore',
  summary: 'Gives a buyer access to an item back that was taken away',
  usage: '<order> <item> [--dry-run]',
  details: `  --dry-run  says what would change, and does nothing

An item that was paid back stays closed. It is noted in the order's history.

  npm run till -- order restore ord_5h2k… itm_7ab3…`,
  options: { 'dry-run': { type: 'boolean' } },
  wordCount: 2,
  run: (call) => changeAccess(call, false),
}
