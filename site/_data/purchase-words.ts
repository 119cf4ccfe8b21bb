import { signInWords } from './sign-in-words.ts'

/** What the script of /purchases/ says. */
export const purchaseWords = {
  ...signInWords,

  list: {
    title: 'Your orders',
    loading: 'Looking for your orders.',
    loaded: (orders: string) => `${orders} shown.`,
    orders: (count: number, shown: string) => (count === 1 ? '1 order' : `${shown} orders`),
    more: 'Show more orders',
    moreFailed: 'The older orders did not come. Please try again.',
    account: 'Signed in as',
    link: 'Opened by a link from our mail, for',
    signOut: 'Sign out',
    close: 'Close my orders',
    notClosed: 'No connection: you are not signed out yet. Please try again.',
  },
  banner: {
    bounced: (email: string) =>
      `Our last mail to ${email} came back. If the address is wrong or the mailbox full, receipts cannot reach you. Your downloads are here all the same. Write to us, and we correct the address.`,
    complained: (email: string) =>
      `A mail of ours to ${email} was marked as spam, so we send no more there. Your downloads are here all the same. Write to us if that was a mistake.`,
    write: 'Write to us',
  },

  order: {
    undated: 'Order',
    number: 'Order',
    total: 'Total',
    free: 'Free',
    quantity: (count: string) => `${count} ×`,
    refunded: (amount: string) => `${amount} refunded`,
    itemRefunded: 'Refunded: its files are closed.',
    itemRevoked: 'Its files are closed.',
    noFiles: 'There is nothing to download in this order.',
    receipt: 'Receipt',
    receiptOf: (date: string) => `Receipt of ${date}`,
    mailLinks: 'Email me the links',
    mailLinksOf: (date: string) => `Email me the links of ${date}`,
    mailed: 'On its way to your mailbox.',
    mailedBefore: (time: string) => `We have mailed them already. You can ask again in ${time}.`,
    mailFailed: 'That did not work. Please try again.',
  },
  /** By an order's status: in a word, and what it means where that is not plain. */
  status: {
    paid: { name: 'Paid', text: '' },
    partially_refunded: { name: 'Partly refunded', text: '' },
    refunded: {
      name: 'Refunded',
      text: 'The money goes back the way you paid, which banks usually show within 5 to 10 days. The files are closed.',
    },
    disputed: {
      name: 'On hold',
      text: 'The payment is being disputed with the bank. The files wait until that is settled.',
    },
    review: {
      name: 'Being checked',
      text: 'Something about the payment was unusual, and a person looks at it. We write to you.',
    },
    pending: {
      name: 'Payment on its way',
      text: 'The files are here as soon as the payment has arrived, and we write to you.',
    },
    failed: { name: 'Not paid', text: 'The payment did not go through, and nothing was charged.' },
  },
  unknownStatus: { name: 'Being checked', text: 'Please write to us if you have a question about it.' },

  file: {
    download: 'Download',
    downloadOf: (title: string, filename: string) => `Download ${title}, ${filename}`,
    preparing: 'Preparing…',
    started: 'The download has started.',
    gone: 'This file is not available any more. Reload the page to see what your order holds today.',
    busy: 'The file is not there right now. Please try again in a minute.',
    offline: 'No connection. Please try again.',
    version: (version: string) => `Version ${version}`,
    details: 'Versions and checksum',
    checksumOnly: 'Checksum',
    checksum: 'SHA-256 checksum',
    earlier: 'Earlier versions',
    name: (name: string, size: string) => `${name}, ${size}`,
  },

  receipt: {
    title: 'Receipt',
    item: 'Item',
    quantity: 'Quantity',
    amount: 'Amount',
    number: 'Order number',
    date: 'Date',
    discount: 'Discount, already taken off',
    tax: 'Tax, included',
    total: 'Total',
    totalPaid: 'Total paid',
    refunds: 'Refunded',
    refundedOn: (date: string) => `Refunded on ${date}`,
    refundPending: 'Refund on its way',
    left: 'After refunds',
  },

  own: {
    title: 'Your data',
    text: 'Everything that we keep about you is in one file, and it is yours.',
    download: 'Download my data',
    downloaded: 'Your data is in the file my-data.json.',
    failed: 'That did not work. Please try again.',
    file: 'my-data.json',
    delete: 'Delete my account',
  },
}
