/** What a browser shows of who it is: the session of an account, and the secret of a link's session; either may be forged. */
export type Credentials = { account: string | null; portal: string | null }

/**
 * Somebody of whom we know that mails to this address, in its normal form, reach them: by a confirmed account, or by a link that was sent
 * there.
 */
export type Buyer = { email: string } & ({ via: 'account'; accountId: string } | { via: 'link' })
