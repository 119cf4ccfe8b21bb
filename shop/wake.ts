import type { App } from './app.ts'

/**
 * Makes sure that somebody will work: pokes the worker, or else leaves a mark for the minutely sweep.
 * @throws VendorDown when neither worked; the caller must then not promise anything
 */
export async function wake(app: Pick<App, 'waker' | 'now' | 'log'>): Promise<void> {
  if (await app.waker.poke()) return
  app.log.warn('poke_failed')
  await app.waker.writeMark(app.now())
}
