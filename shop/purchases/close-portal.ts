import { endSession } from '../../db/portal-links.ts'
import type { App } from '../app.ts'
import type { Credentials } from './buyer.ts'
import { hashSession } from './portal-session.ts'

/** Ends the session of a link, wherever its cookie may have been copied to. */
export async function closePortal(app: Pick<App, 'db'>, { portal }: Credentials): Promise<void> {
  if (portal !== null) await endSession(app.db, hashSession(portal))
}
