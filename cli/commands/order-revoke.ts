import type { Command } from './command.ts'
import { changeAccess } from './order/change-access.ts'

/** `npm run till -- order revoke <order> <item>`. */
export const ORDER_REVOKE: Command = {
  name: 'order revoke',
  summary: 'Takes a buyer’s access to an item away',
  usage: '<order> <item> [--dry-run]',
  details: `  --dry-run  says what would change, and does nothing

It counts for the next download on; no money moves. \`order show\` lists the items' ids, \`order restore\` gives access back. It is noted
in the order's history.

  npm run till -- order revoke ord_5h2k… itm_7ab3…`,
  options: { 'dry-run': { type: 'boolean' } },
  wordCount: 2,
  run: (call) => changeAccess(call, true),
}
