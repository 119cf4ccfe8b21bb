import type { Actor, Call, Fate } from './actor.ts'
import type { Chance } from './chance.ts'
import type { Timeline } from './timeline.ts'
import type { Weather } from './weather.ts'

/** Where one await is cut, in the order in which they are made: killed on one side of its effect, or frozen after it. */
export type Kill = { index: number; side: 'before' | 'after' | 'frozen' }

export type Fates = {
  /** Every call so far. */
  calls: Call[]
  decide(actor: Actor, label: string): Fate
  /** A number that differs when anything in the run differs. */
  trace(): number
}

type Means = {
  timeline: Timeline
  chance: Chance
  weather: () => Weather
  kills: Kill[]
  count: (what: string) => void
}

/** Longer than a lease, and than the sweep and the worker that then take the work over; a page's function would be ended by then. */
const FROZEN_MS = { worker: 190_000, other: 40_000 }

/** Decides what befalls each await: as planned by `kills`, or by chance and weather. */
export function createFates({ timeline, chance, weather, kills, count }: Means): Fates {
  const calls: Call[] = []
  let trace = 0
  const decide = ({ kind, id }: Actor, label: string): Fate => {
    const call = { index: calls.length, kind, actor: id, label }
    calls.push(call)
    trace = hash(`${kind}${id}${label}${timeline.now()}`, trace)
    const travel = travelOf(chance, label)
    const kill = kills.find(({ index }) => index === call.index)
    if (kill?.side === 'frozen') return { ...travel, stall: kind === 'worker' ? FROZEN_MS.worker : FROZEN_MS.other }
    if (kill) return { ...travel, crash: kill.side }
    return { ...travel, ...misfortune({ chance, weather, count }, kind) }
  }
  return { calls, decide, trace: () => trace }
}

/** Milliseconds there and back; what goes through the internet takes longer, and now and then much longer. */
function travelOf(chance: Chance, label: string): { there: number; back: number } {
  const isRemote = /^(GET|POST) /.test(label)
  const most = isRemote ? 150 : 8
  const late = isRemote && chance.hits(0.02) ? chance.between(500, 5_000) : 0
  return { there: chance.between(0.1, most), back: chance.between(0.1, most) + late }
}

function misfortune({ chance, weather, count }: Pick<Means, 'chance' | 'weather' | 'count'>, kind: string) {
  const { crash, stall } = weather()
  if (chance.hits(crash)) {
    count(`crash of ${kind}`)
    return { crash: chance.hits(0.5) ? 'before' : 'after' } as const
  }
  if (!chance.hits(stall)) return {}
  count('stall')
  return { stall: chance.between(61_000, 400_000) }
}

function hash(text: string, start: number): number {
  let sum = start
  for (let place = 0; place < text.length; place++) sum = (Math.imul(sum, 31) + text.charCodeAt(place)) | 0
  return sum
}
