type Links = { downloadMinutes: number; receiptDays: number }

/** What the templates of /purchases/ say, before any script runs. */
export const purchasePageWords = {
  title: 'Your purchases',
  summary: 'Everything you bought, ready to download again.',
  loading: 'One moment, please.',
  noScript: 'This page needs JavaScript to sign you in, and your browser has it switched off.',
  steps: (links: Links) => [
    'Open the receipt that we sent to the address you paid with. If you cannot see it, look among spam and promotions.',
    `Follow its link to your order. It works for ${links.receiptDays} days after the purchase, on any device.`,
    `Press “Download”. A download link lives ${links.downloadMinutes} minutes; the page makes a new one whenever you need it.`,
  ],
  help: 'No mail, or another address?',
  helpText: 'Write to us from the address you paid with. We find the order and help you open it.',

  email: 'Email address',
  password: 'Password',
  newPassword: 'New password',
  showPassword: 'Show password',
  passwordHint: 'At least 8 characters. A few words you can remember are better than one odd one.',

  enter: {
    title: 'Two ways to open them',
    titleAccount: 'Sign in to open them',
    linkTitle: 'By email, without an account',
    linkText: 'Type the address you paid with. We send a link that opens all your orders for an hour.',
    linkButton: 'Email me my orders',
    linkHint: 'Is the receipt at hand? Its link opens that order at once.',
    accountTitle: 'With an account',
    accountText: 'Sign in with the address you paid with.',
    accountButton: 'Sign in',
    forgot: 'Forgot your password?',
    signUp: 'Create an account',
  },
  signUp: {
    title: 'Create an account',
    text: 'Use the address you paid with: your orders are found by it. We mail you a link that proves it is yours, and only then is anything shown.',
    button: 'Create the account',
    other: 'You have one already?',
    back: 'Sign in',
  },
  forgot: {
    title: 'Forgotten password',
    text: 'Type your address. If there is an account with it, we mail you a link to choose a new password.',
    button: 'Send the link',
    back: 'Back to signing in',
  },
  setPassword: {
    title: 'Choose a new password',
    text: 'It replaces the old one on every device.',
    button: 'Save the password',
  },
  join: {
    title: 'Choose a password',
    text: 'You were invited to have an account with this shop. A password is all it takes.',
    button: 'Open the account',
  },
  confirm: {
    title: 'Confirm your address',
    text: 'Press the button if you have just created an account here. If you have not, close this page: somebody else typed your address, and they get nowhere without this step.',
    button: 'Yes, that was me',
  },
  changeEmail: {
    title: 'Confirm your new address',
    text: 'Your account moves to this address. Orders are then found by the new one.',
    button: 'Move my account',
  },
  openLink: {
    title: 'Your orders are one click away',
    text: 'The link from your mail works once. Press the button to open your orders in this browser, for an hour.',
    button: 'Show my orders',
  },
  deleteAccount: {
    title: 'Delete your account',
    text: 'The account and its password are gone for good. Your orders stay, as the law asks of a seller, and the links in your receipts still open them.',
    label: (email: string) => `Type ${email} to confirm`,
    button: 'Delete my account',
    back: 'Keep it',
  },
  receipt: { soldBy: 'Sold by', boughtBy: 'Bought by', back: 'All orders', print: 'Print' },
}
