import type { App } from '../../shop/app.ts'

/** Where a process ends: before or after the work of one call of one of the app's ports, such as `payments.readSession`. */
export type Death = { at: string; when: 'before' | 'after'; sql?: RegExp }

/**
 * An app whose process ends at a given call: that call never comes back, so nothing after it happens, not even an error. `died` resolves at
 * that moment. Pauses take no time, except those that wait for a signal.
 */
export function dying(app: App, { at, when, sql = /./s }: Death): { app: App; died: Promise<void> } {
  const { promise: died, resolve: die } = Promise.withResolvers<void>()
  const [port = '', method] = at.split('.')
  const never = new Promise<never>(() => undefined)
  const fatal =
    (work: (...words: unknown[]) => Promise<unknown>) =>
    async (...words: unknown[]) => {
      if (port === 'db' && !sql.test((words[0] as TemplateStringsArray).join('?'))) return work(...words)
      if (when === 'after') await work(...words)
      die()
      return never
    }
  const whole = app[port as keyof App] as object
  const value = method
    ? Object.assign(Object.create(whole), { [method]: fatal((whole as Record<string, never>)[method] as never) })
    : fatal(whole as never)
  Object.defineProperty(app, port, { value, enumerable: true })
  return { app: withoutPauses(app), died }
}

/** Pauses with a signal are limits and heartbeats, which end by it only. */
export function withoutPauses(app: App): App {
  return Object.assign(app, {
    pause: (_ms: number, signal?: AbortSignal) =>
      signal ? new Promise<void>((_, reject) => signal.addEventListener('abort', reject)) : Promise.resolve(),
  })
}
