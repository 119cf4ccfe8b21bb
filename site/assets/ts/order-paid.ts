/** Told to the page's other scripts when this browser's own order turns out to be paid, with the order as `detail`. */
export const ORDER_PAID = 'orderpaid'
