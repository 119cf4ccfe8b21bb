import type { Log } from '../shop/app.ts'
import { redact } from './redact.ts'

type LogFields = Parameters<Log['info']>[1]

/** Writes to the console, which Netlify keeps as the function's log: JSON, one line each, without what no log may hold. */
export function createLog(fields: LogFields = {}): Log {
  const line = (level: string, event: string, more: LogFields = {}) =>
    JSON.stringify({ at: new Date().toISOString(), level, event, ...fields, ...more }, redacted)
  return {
    info: (event, more) => console.info(line('info', event, more)),
    warn: (event, more) => console.warn(line('warn', event, more)),
    error: (event, error, more) => console.error(line('error', event, { ...more, error: describeError(error) })),
  }
}

function redacted(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? redact(value) : value
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : ` <- ${describeError(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}
