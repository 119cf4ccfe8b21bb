import { BOOKS } from './books.ts'
import { CLICKS } from './clicks.ts'
import type { Command } from './command.ts'
import { CUSTOMERS_ERASE } from './customers-erase.ts'
import { CUSTOMERS_EXPORT } from './customers-export.ts'
import { DEMO } from './demo.ts'
import { DOCTOR } from './doctor.ts'
import { EVENTS_REPLAY } from './events-replay.ts'
import { EXPORT } from './export.ts'
import { FILE_LIST } from './file-list.ts'
import { FILE_PUSH } from './file-push.ts'
import { FILE_RESTORE } from './file-restore.ts'
import { FILE_RETIRE } from './file-retire.ts'
import { IMPORT } from './import.ts'
import { JOB_REDRIVE } from './job-redrive.ts'
import { JOBS } from './jobs.ts'
import { LINK_CHECK } from './link-check.ts'
import { ORDER_APPROVE } from './order-approve.ts'
import { ORDER_REFUND } from './order-refund.ts'
import { ORDER_REJECT } from './order-reject.ts'
import { ORDER_RESEND } from './order-resend.ts'
import { ORDER_RESTORE } from './order-restore.ts'
import { ORDER_REVOKE } from './order-revoke.ts'
import { ORDER_SET_EMAIL } from './order-set-email.ts'
import { ORDER_SHOW } from './order-show.ts'
import { ORDER_SYNC } from './order-sync.ts'
import { ORDERS } from './orders.ts'
import { PRODUCT_ADD } from './product-add.ts'
import { PRODUCT_EDIT } from './product-edit.ts'
import { PRODUCT_LIST } from './product-list.ts'
import { PRODUCT_MOVE } from './product-move.ts'
import { PRODUCT_PUBLISH } from './product-publish.ts'
import { PRODUCT_RETIRE } from './product-retire.ts'
import { PRODUCT_SHOW } from './product-show.ts'
import { REBUILD } from './rebuild.ts'
import { RECONCILE } from './reconcile.ts'
import { SALES } from './sales.ts'
import { SHOP_EXPORT } from './shop-export.ts'
import { SHOP_IMPORT } from './shop-import.ts'
import { VERIFY } from './verify.ts'

/** Every command of `npm run till`, in the order in which the help lists them. */
export const COMMANDS: Command[] = [
  PRODUCT_ADD,
  PRODUCT_EDIT,
  PRODUCT_SHOW,
  PRODUCT_PUBLISH,
  PRODUCT_RETIRE,
  PRODUCT_MOVE,
  PRODUCT_LIST,
  EXPORT,
  IMPORT,
  SHOP_EXPORT,
  SHOP_IMPORT,
  FILE_PUSH,
  FILE_LIST,
  FILE_RETIRE,
  FILE_RESTORE,
  VERIFY,
  ORDERS,
  ORDER_SHOW,
  ORDER_REFUND,
  ORDER_RESEND,
  ORDER_SET_EMAIL,
  ORDER_REVOKE,
  ORDER_RESTORE,
  ORDER_APPROVE,
  ORDER_REJECT,
  ORDER_SYNC,
  SALES,
  CLICKS,
  CUSTOMERS_EXPORT,
  CUSTOMERS_ERASE,
  BOOKS,
  JOBS,
  JOB_REDRIVE,
  RECONCILE,
  EVENTS_REPLAY,
  REBUILD,
  LINK_CHECK,
  DOCTOR,
  DEMO,
]
