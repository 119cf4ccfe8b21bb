/** What the script of /purchases/ says around signing in, and where it has to stop. */
export const signInWords = {
  busy: 'One moment…',
  deleteLabel: (email: string) => `Type ${email} to confirm`,

  /** Beside a field. */
  field: {
    emailMissing: 'Please type your email address.',
    emailBad: 'That does not look like an email address. It looks like name@example.com.',
    passwordMissing: 'Please type your password.',
    passwordShort: 'Please use at least 8 characters.',
    mismatch: 'That is not the address of this account.',
  },

  /** Why signing in, and what belongs to it, did not work; by the kind of problem. */
  problem: {
    wrong: 'Address and password do not fit together. Please look at both once more.',
    unconfirmed: 'This address is not confirmed yet. Open the link in the mail that we sent you; then sign in.',
    taken: 'There is an account with this address already.',
    'too-many': 'That was a little too often. Please wait a few minutes, then try again.',
    weak: (reason: string) => `This password was refused: ${reason}`,
    'bad-email': 'This address was refused. Please look at it once more.',
    closed: 'New accounts are not open at the moment.',
    'link-over': 'This link was used already, or it is too old.',
    'signed-out': 'Sign in first, in this browser. Then open the link in the mail again.',
    offline: 'No connection. Nothing was lost: please try again in a moment.',
    down: 'Signing in does not work right now. Your orders are safe: please try again in a few minutes.',
    refused: 'That did not work. Please try again, or write to us.',
    busy: 'The shop is busy right now. Please try again in a minute.',
    linksOff: 'Links by mail are not open at the moment. The link in your receipt opens its order.',
  },
  way: {
    sendAgain: 'Send the mail again',
    signIn: 'Sign in',
    newPassword: 'Set a new password',
    newLink: 'Send me a new link',
    again: 'Try again',
    write: 'Write to us',
    otherAddress: 'Use another address',
    store: 'Go to the store',
    signOut: 'Sign out',
  },

  /** A mail is on its way; `%` is where the address stands. */
  sent: {
    link: {
      title: 'Look into your mailbox',
      text: 'If there are orders for this address, a link to them is on its way. It works for 30 minutes, and once.',
    },
    confirmation: {
      title: 'One more step: your mailbox',
      text: 'We have mailed you a link. It proves that the address is yours; then your orders are here.',
    },
    recovery: {
      title: 'Look into your mailbox',
      text: 'If there is an account with this address, a link to choose a new password is on its way. One goes out every 15 minutes.',
    },
    spam: 'Nothing there after a few minutes? Look among spam and promotions.',
    oldPassword:
      'If you began an account with this address before, the password you chose first is the one that counts.',
    again: 'Asked for once more. One mail goes out every 15 minutes.',
  },

  /** What the page says after something was done, by the key that survives its reload. */
  said: {
    'signed-in': 'You are signed in.',
    confirmed: 'Your address is confirmed, and you are signed in.',
    'password-changed': 'Your new password counts from now on. You are signed in.',
    'email-changed': 'Your account has moved to its new address.',
    'signed-out': 'You are signed out.',
    'signed-out-elsewhere': 'You have signed out in another tab, so your orders are no longer shown here.',
    'session-over': 'Your visit has ended, for your safety. Please sign in again.',
    deleted: 'Your account is deleted. Your orders stay, and the links in your receipts still open them.',
  },

  /** In place of the list. */
  stop: {
    'link-over': {
      title: 'This link has been used, or is too old',
      text: 'A link from our mail opens your orders once, within 30 minutes. A new one is quickly sent.',
    },
    'confirm-over': {
      title: 'This link has been used, or is too old',
      text: 'If you have confirmed your address before, simply sign in. If not, sign in as well: we then offer to send the mail again.',
    },
    'recovery-over': {
      title: 'This link has been used, or is too old',
      text: 'A link for a new password works once, within 24 hours. A new one is quickly sent.',
    },
    'email-change-over': {
      title: 'This link has been used, or is too old',
      text: 'Your account keeps the address that it has.',
    },
    unconfirmed: {
      title: 'Please confirm your address first',
      text: 'We have mailed you a link. Nothing is shown before it was opened, so that nobody can look at your orders by typing your address.',
    },
    offline: {
      title: 'No connection',
      text: 'Your orders are safe. The page goes on by itself when you are online again.',
    },
    busy: (time: string) => ({
      title: 'Just a moment',
      text: `Your orders cannot be shown right now. They are safe, and nothing is lost. The page tries again in ${time}.`,
    }),
    empty: {
      title: 'No orders yet',
      text: (email: string) =>
        `There is no order for ${email}. If you paid with another address, look for your orders with that one.`,
    },
  },
}
