/** The role, among `app_metadata.roles` of an account of Netlify Identity, that opens the seller's pages. */
export const ADMIN_ROLE = 'admin'

/** One of the seller's people; what they change is noted under their address. */
export type Admin = { id: string; email: string }
