import type { App } from '../app.ts'
import { type Alert, alertSeller } from '../mail/alert-seller.ts'
import { wake } from '../wake.ts'

/** Writes to the seller behind the answer: the buyer who waits for it need not. */
export function alertLater(app: App, alert: Alert): void {
  app.later('alert_failed', alertAndWake(app, alert))
}

async function alertAndWake(app: App, alert: Alert): Promise<void> {
  const isNews = await alertSeller(app, alert)
  if (isNews) await wake(app)
}
