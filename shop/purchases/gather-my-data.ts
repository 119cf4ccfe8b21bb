import { findCustomerData } from '../../db/customer-data.ts'
import type { App } from '../app.ts'
import type { Buyer } from './buyer.ts'

/** Everything that the shop holds under a buyer's address. */
export async function gatherMyData(app: Pick<App, 'db' | 'now' | 'siteUrl'>, { email }: Buyer): Promise<object> {
  const data = await findCustomerData(app.db, email, false)
  return { shop: app.siteUrl, email, gathered_at: app.now().toISOString(), ...data }
}
