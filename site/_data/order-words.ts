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
  partlyRefunded: {
    title: 'Part of this order was refunded',
    text: 'The money goes back the way you paid, which banks usually show within 5 to 10 days. The files that are still yours are here.',
  },
  paidEmpty: {
    title: 'Thank you. Your order is paid.',
    text: 'There is no file to download in this order, or not any more. Write to us if you expected one.',
  },
  number: 'Order',
  total: 'Total',
  refundedSum: 'Refunded',
  download: 'Download',
  version: (version: string) => `Version ${version}`,
  earlier: 'Earlier versions',
  checksum: 'Is my copy complete? (SHA-256)',
  checksumHow:
    'Your copy is complete if “shasum -a 256” (Mac, Linux) or “certutil -hashfile … SHA256” (Windows) shows the same for it:',
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
  purchases: 'Find your purchases',
  write: 'Write to us',

  /** By the state that the shop answers with. */
  refused: {
    expired: {
      title: 'This checkout has expired',
      text: 'It was not paid in time, and nothing was charged. You can simply start again.',
    },
    failed: {
      title: 'The payment did not go through',
      text: 'Nothing was charged. You can try again, with another card or another way to pay.',
    },
    refunded: {
      title: 'This order was refunded',
      text: 'The money goes back the way you paid, which banks usually show within 5 to 10 days. The files can no longer be downloaded.',
    },
    disputed: {
      title: 'This order is on hold',
      text: 'The payment is being questioned at your bank, so the files are closed for now. They open again if the bank confirms the purchase. Was it a mistake? Write to us.',
    },
    review: {
      title: 'We are checking this order',
      text: 'Something about the payment was unusual, so a person looks at it. You need not do anything: we write to you as soon as that is done.',
    },
    verify_email: {
      title: 'Is this your order?',
      text: 'To keep an order safe, we show it only to the person who paid, and this browser is new to us. Type the email address you paid with, and we mail you a code.',
    },
    link_expired: {
      title: 'This link has run out',
      text: 'Links to an order work for a limited time. Your order is safe: type the email address you paid with, and we send a fresh link to it.',
    },
  } satisfies Record<string, Said>,

  address: {
    label: 'Your receipt goes to',
    offer: 'Not yours? Correct it',
    form: {
      label: 'The right address',
      hint: 'We send the receipt there, and links sent to the old address stop working. This works once.',
      submit: 'Send it there',
      keep: 'Leave it as it is',
    },
    corrected: 'Corrected. A new receipt is on its way there, and links sent to the old address no longer work.',
    same: 'That is the address above.',
    bounced: {
      said: 'Our mail to this address came back, so your receipt may not have arrived.',
      early: 'Is it spelled right? If not, correct it here.',
      late: 'Your files are here all the same. Write to us, and we correct the address.',
    },
    complained: {
      said: 'A mail to this address was marked as spam, so we send no more there.',
      early: 'Take another one here, or write to us if that was a mistake.',
      late: 'Your files are here all the same. Write to us if that was a mistake.',
    },
    /** By the state with which the shop refuses for good. */
    over: {
      already_corrected: 'The address was corrected once already. Write to us, and we change it again.',
      too_late: 'That works within an hour of paying. Write to us, and we change it now.',
      gone: 'This browser can no longer correct the address. Write to us, and we do it.',
    },
  },

  codeSent: (email: string) => ({
    title: 'Look into your mailbox',
    text: `If ${email} is the address of this order, a code is on its way. It is valid for 10 minutes. Nothing there? Look among spam.`,
  }),
  codeOver: {
    title: 'This code is used up',
    text: 'Codes work once, for 10 minutes, and allow ten tries. Your order is safe: have a new code sent to the address you paid with.',
  },
  linkSent: (email: string) => ({
    title: 'Look into your mailbox',
    text: `If ${email} is the address of this order, a fresh link is on its way. Nothing there after some minutes? Look among spam. One mail goes out per hour.`,
  }),
  form: {
    email: 'Your email address',
    code: 'The six digits from the mail',
    sendCode: 'Send me a code',
    newCode: 'Send me a new code',
    sendLink: 'Send me a fresh link',
    redeem: 'Show my order',
    busy: 'One moment …',
    resend: 'Send a new code',
    resendIn: (seconds: string) => `Send a new code in ${seconds}`,
    other: 'Use another address',
  },
  /** What stands beside the field, short enough for one line of a small phone: nothing moves when it comes. */
  problem: {
    email: 'Please type it like name@example.com.',
    code: 'Please type the six digits.',
    wrong: (tries: number) => `That is not the code. ${tries === 1 ? 'One try' : `${tries} tries`} left.`,
    soon: (time: string) => `Please wait ${time} for a new code.`,
    often: (time: string) => `Too often. Try again in ${time}.`,
    down: 'No answer. Please try again.',
    offline: 'No connection. Please try again.',
  },
}
