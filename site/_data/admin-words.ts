/** What the frame of the seller's pages says. Each view has words of its own, in a file beside this one. */
export const adminWords = {
  title: 'The shop from behind',
  summary: 'For the people who run this shop.',
  views: 'Views',
  nav: [
    { name: 'today', label: 'Today' },
    { name: 'orders', label: 'Orders' },
    { name: 'products', label: 'Products' },
    { name: 'work', label: 'Work' },
  ],
  signOut: 'Sign out',
  noScript: 'This page needs JavaScript, and your browser has it switched off.',
  enter: {
    title: 'Sign in to the shop',
    text: 'For accounts that have the role “admin”.',
    button: 'Sign in',
  },
  loading: 'Loading',
  busy: 'One moment …',
  again: 'Try again',
  trouble: {
    offline: { title: 'No connection', text: 'The shop could not be reached. Nothing is known to have happened.' },
    forbidden: {
      title: 'Not for this account',
      text: (email: string) =>
        `${email || 'This account'} is signed in, but has not the role “admin”. Somebody who runs the shop can give it to you in Netlify’s dashboard, under Identity.`,
      out: 'Sign in with another account',
    },
    failed: { title: 'That did not work', text: 'The shop could not answer.' },
    unknown: { title: 'There is nothing here', text: 'This address leads nowhere.' },
  },
  cancel: 'Cancel',
  close: 'Close',
}
