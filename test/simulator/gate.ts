import type { App } from '../../shop/app.ts'
import type { Actor } from './actor.ts'

type Method = (...words: never[]) => unknown
type SyncIn<Port> = {
  [Name in keyof Port & string]: Port[Name] extends Method
    ? ReturnType<Port[Name]> extends Promise<unknown>
      ? never
      : Name
    : never
}[keyof Port & string]
/** What of an App is not a port but a value. */
type Value = 'shop' | 'siteUrl'
type PortName = Exclude<
  { [Name in keyof App & string]: App[Name] extends Method ? never : Name }[keyof App & string],
  Value
>
type SyncMethod = SyncIn<App> | { [Name in PortName]: `${Name}.${SyncIn<App[Name]>}` }[PortName]

/**
 * The methods that answer without an await; the compiler keeps this list whole, so whatever is new and awaited is a kill point by itself.
 * `later` touches nothing outside either: what it is given has been awaited at its own calls.
 */
const LOCAL: Record<SyncMethod | 'later', true> = {
  later: true,
  now: true,
  newCode: true,
  newId: true,
  seal: true,
  'payments.verifyEvent': true,
  'mailEvents.verify': true,
  'waker.verifyPoke': true,
  'log.info': true,
  'log.warn': true,
  'log.error': true,
}
const VALUES: Record<Value, true> = { shop: true, siteUrl: true }

/** The App as an actor gets it: every port and every awaited method goes through the actor's `call`. */
export function gate(app: App, actor: Actor): App {
  return gated(app, '', actor) as App
}

function gated(port: object, path: string, actor: Actor): object {
  const made = new Map<string, unknown>()
  return new Proxy(port, {
    get(target, name) {
      if (typeof name !== 'string') return Reflect.get(target, name)
      if (!made.has(name)) made.set(name, gatedMember(target, { name, path: `${path}${name}` }, actor))
      return made.get(name)
    },
  })
}

function gatedMember(target: object, { name, path }: { name: string; path: string }, actor: Actor): unknown {
  const member: unknown = Reflect.get(target, name)
  if (Object.hasOwn(VALUES, path) || member === null) return member
  if (typeof member === 'object') return gated(member, `${path}.`, actor)
  if (typeof member !== 'function') return member
  if (Object.hasOwn(LOCAL, path)) return member.bind(target)
  return (...words: unknown[]) => actor.call(labelOf(path, words), () => member.apply(target, words))
}

/** A statement is named by how it begins, anything else by its path. */
function labelOf(path: string, [first]: unknown[]): string {
  if (path !== 'db' || !Array.isArray(first)) return path
  return `db: ${String(first[0]).trim().replace(/\s+/g, ' ').slice(0, 48)}`
}
