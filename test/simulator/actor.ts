import type { Timeline } from './timeline.ts'

/** One await of an actor on something outside of itself; `index` counts them through the whole world. */
export type Call = { index: number; kind: ActorKind; actor: number; label: string }

export type ActorKind = 'checkout' | 'webhook' | 'worker' | 'success' | 'sweep' | 'reconcile'

/**
 * What befalls a call: `before` and `after` kill the actor on that side of the effect; `there` and `back` are how long it travels, and
 * `stall` how long the whole actor then stands still, all in milliseconds.
 */
export type Fate = { crash?: 'before' | 'after'; there: number; back: number; stall?: number }

/** One invocation of a function: it goes on until it ends, or is killed and never goes on. */
export type Actor = {
  readonly kind: ActorKind
  readonly id: number
  readonly isAlive: () => boolean
  /** Every effect outside of the actor goes through here; each is a point at which the actor can be killed. */
  call<Result>(label: string, effect: () => Promise<Result>): Promise<Result>
  kill(): void
  /** Resolves when it has been killed. */
  readonly killed: Promise<void>
}

type Circumstances = { timeline: Timeline; decide: (actor: Actor, label: string) => Fate }

const FOREVER = new Promise<never>(() => undefined)

/** An actor whose calls meet the fates that `decide` names. */
export function createActor(kind: ActorKind, id: number, { timeline, decide }: Circumstances): Actor {
  let isAlive = true
  let frozenUntil = 0
  let announce: () => void = () => undefined
  const killed = new Promise<void>((resolve) => {
    announce = resolve
  })
  const die = () => {
    isAlive = false
    announce()
    return FOREVER
  }
  const call = async <Result>(label: string, effect: () => Promise<Result>): Promise<Result> => {
    if (!isAlive) return FOREVER
    const fate = decide(actor, label)
    await timeline.sleep(fate.there)
    if (!isAlive) return FOREVER
    if (fate.crash === 'before') return die()
    const outcome = await settle(effect)
    if (!isAlive) return FOREVER
    if (fate.crash === 'after') return die()
    if (fate.stall) frozenUntil = Math.max(frozenUntil, timeline.now() + fate.stall)
    await timeline.sleep(fate.back)
    // A process that stands still does so with everything that it has under way, its heartbeat included.
    while (timeline.now() < frozenUntil) await timeline.sleep(frozenUntil - timeline.now())
    if (!isAlive) return FOREVER
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }
  const actor: Actor = { kind, id, isAlive: () => isAlive, call, kill: die, killed }
  return actor
}

async function settle<Result>(effect: () => Promise<Result>): Promise<{ value: Result } | { error: unknown }> {
  try {
    return { value: await effect() }
  } catch (error) {
    return { error }
  }
}
