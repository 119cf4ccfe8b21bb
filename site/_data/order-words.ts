type Said = { title: string; text: string }

/** What /success/ says about an order; the script of that page carries these words with it. */
export const orderWords = {
  paid: {
    title: 'Thank you. Your files are ready.',
    text: 'The payment is confirmed. Download them now, or come back later with the link in your receipt.',
  },
  free: {
    title: 'Here are your files.',
    text: 'They cost nothing. Download them now, or come back later with the link in your mailbox.',
  },
  paidEmpty: {
    title: 'Thank you. Your order is paid.',
    text: 'There is no file to download in this order, or not any more. Write to us if you expected one.',
  },
  number: 'Order',
  total: 'Total',
  download: 'Download',
  checksum: 'Checksum (SHA-256)',
  file: (name: string, size: string) => `${name}, ${size}`,
  downloadFile: (title: string, filename: string) => `Download ${title}, ${filename}`,

  looking: { title: 'Looking for your order', text: 'One moment, please.' },
  processing: {
    title: 'Your payment is being confirmed',
    text: 'This usually takes some seconds. The page looks again by itself, and your files appear here.',
  },
  processingLong: {
    title: 'Your payment takes a little longer',
    text: 'Some ways to pay need minutes, a few need days. Nothing is lost: you may close this page, and we mail you the link to your files as soon as the payment is confirmed. Meanwhile the page keeps looking.',
  },
  busy: (seconds: string) => ({
    title: 'Just a moment',
    text: `The shop is busy right now. Your order is safe. The page tries again in ${seconds}.`,
  }),
  offline: {
    title: 'No connection',
    text: 'Your order is safe. The page goes on by itself when you are online again.',
  },
  noReference: {
    title: 'Which order?',
    text: 'This page shows an order right after the payment, or through the link in a receipt. That part of the address is missing. Please open the link in your receipt.',
  },
  unknown: {
    title: 'This link does not open an order',
    text: 'It may have been changed on its way, or a part of it is missing. The link in your receipt opens the order on any device.',
  },
  again: 'Try again',
  look: 'Look again now',
  store: 'Go to the store',
  write: 'Write to us',

  /** By the state that the shop answers with. */
  refused: {
    expired: {
      title: 'This checkout has expired',
      text: 'It was not paid in time, and nothing was charged. You can simply start again.',
    },
    failed: {
      title: 'The payment did not go through',
      text: 'Nothing was charged. You can try again, perhaps with another card.',
    },
    refunded: {
      title: 'This order was refunded',
      text: 'The money goes back the way you paid, which banks usually show within 5 to 10 days. The files can no longer be downloaded.',
    },
    disputed: {
      title: 'This order is on hold',
      text: 'The payment is being disputed with the bank. The files come back if the dispute is settled in favour of the purchase.',
    },
    review: {
      title: 'We are checking this order',
      text: 'Something about the payment was unusual, and a person looks at it. We write to you as soon as that is done.',
    },
    link_expired: {
      title: 'This link has run out',
      text: 'Receipt links work for a limited time. Write to us from the address you paid with, and we send a new one.',
    },
  } satisfies Record<string, Said>,
}
