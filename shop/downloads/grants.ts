/** The right to fetch one file once bought; `epoch` is the order's access_epoch, so raising that kills older links. */
export type DownloadGrant = { orderItemId: string; fileId: string; epoch: number }

/** The right to see one order, as the link in a receipt carries it. */
export type OrderAccess = { orderId: string; epoch: number }
