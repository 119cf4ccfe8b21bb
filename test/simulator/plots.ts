import { startCheckout } from '../../shop/checkout/start-checkout.ts'
import type { Card } from './levers.ts'
import { createLevers } from './levers.ts'
import { openForeignSession, PRICES, type Slug } from './stock.ts'
import type { World } from './world.ts'

/** What the plot knows and no ledger shows: which items a partial refund must block. Everything else the oracle finds out. */
export type Tale = { plot: PlotName; sessionId: string; isOurs: boolean; blocked: Slug[] }

type Scene = {
  world: World
  levers: ReturnType<typeof createLevers>
  /** Minutes of virtual time, up to this many. */
  wait(minutes: number): Promise<void>
  /** A buyer clicks until a payment page opens; null when the shop never lets them. */
  begin(...slugs: Slug[]): Promise<string | null>
  /** Pays, and comes back to /success a few times. */
  pay(id: string, card: Card | null): Promise<void>
}

type Plot = (scene: Scene, sessionId: string) => Promise<unknown>

/** One sale from click to its last event. */
const PLOTS = {
  paid: async ({ pay }, id) => pay(id, 'good'),
  free: async ({ pay }, id) => pay(id, null),
  promotion: async ({ pay, levers }, id) => {
    levers.enterFreeCode(id)
    await pay(id, null)
  },
  laterPaid: async ({ pay }, id) => pay(id, 'laterPaid'),
  laterFailed: async ({ pay }, id) => pay(id, 'laterFailed'),
  declinedFirst: async ({ pay, levers, wait }, id) => {
    levers.pay(id, 'declined')
    await wait(3)
    await pay(id, 'good')
  },
  abandoned: async ({ wait }) => wait(5),
  suspicious: async ({ pay }, id) => pay(id, 'suspicious'),
  tampered: async ({ pay, levers }, id) => {
    levers.tamper(id)
    await pay(id, 'good')
  },
  basket: async ({ pay }, id) => pay(id, 'good'),
  oneItemRefunded: async ({ pay, levers, wait }, id) => {
    await pay(id, 'good')
    await wait(20)
    levers.refund(id, PRICES.book)
  },
  someMoneyBack: async ({ pay, levers, wait }, id) => {
    await pay(id, 'good')
    await wait(20)
    levers.refund(id, 700)
  },
  refunded: async ({ pay, levers, wait }, id) => {
    await pay(id, 'good')
    await wait(20)
    levers.refund(id)
  },
  refundedAtOnce: async ({ levers, wait }, id) => {
    levers.pay(id, 'good')
    levers.refund(id)
    await wait(1)
  },
  refundedInParts: async ({ pay, levers, wait }, id) => {
    await pay(id, 'good')
    await wait(20)
    levers.refund(id, 600)
    await wait(3)
    levers.refund(id, 600)
    await wait(3)
    levers.refund(id)
  },
  refundPends: async ({ pay, levers, wait }, id) => {
    await pay(id, 'refundsPend')
    await wait(20)
    levers.refund(id)
    await wait(2)
  },
  refundCanceled: async ({ pay, levers, wait, world }, id) => {
    await pay(id, 'refundsPend')
    await wait(20)
    levers.refund(id)
    await world.timeline.sleep(world.chance.between(500, 4_500))
    levers.cancelRefunds(id)
  },
  refundFails: async ({ pay, levers, wait }, id) => {
    await pay(id, 'refundsFail')
    await wait(20)
    levers.refund(id)
    await wait(2)
  },
  disputed: async ({ pay, levers, wait }, id) => {
    await pay(id, 'good')
    await wait(20)
    levers.dispute(id)
  },
  disputeWon: async ({ pay, levers, wait }, id) => {
    await pay(id, 'good')
    await wait(10)
    levers.dispute(id)
    await wait(5)
    levers.decide(id, 'won')
  },
  disputeLost: async ({ pay, levers, wait }, id) => {
    await pay(id, 'good')
    await wait(10)
    levers.dispute(id)
    await wait(5)
    levers.decide(id, 'lost')
  },
  inquiry: async ({ pay, levers, wait }, id) => {
    await pay(id, 'good')
    await wait(20)
    levers.inquire(id)
  },
  inquiryClosed: async ({ pay, levers, wait }, id) => {
    await pay(id, 'good')
    await wait(10)
    levers.inquire(id)
    await wait(5)
    levers.decide(id, 'lost')
  },
  everything: async ({ pay, levers, wait }, id) => {
    await pay(id, 'laterPaid')
    await wait(10)
    levers.refund(id, 600)
    await wait(2)
    levers.dispute(id)
    await wait(2)
    levers.decide(id, 'won')
    await wait(2)
    levers.refund(id)
  },
  foreign: async ({ pay, levers, wait }, id) => {
    await pay(id, 'good')
    await wait(5)
    levers.refund(id)
  },
} satisfies Record<string, Plot>

export type PlotName = keyof typeof PLOTS

/** Ordinary sales are the most, as they are in a shop; every other plot comes up in every run of 150 sessions. */
const ORDINARY: PlotName[] = ['paid', 'paid', 'paid', 'basket', 'laterPaid', 'free']
const NAMES = Object.keys(PLOTS) as PlotName[]

const BASKETS: Partial<Record<PlotName, Slug[]>> = {
  free: ['sample'],
  basket: ['book', 'print', 'sample'],
  oneItemRefunded: ['book', 'print'],
}

/** The items that a partial refund must block, because its amount is theirs and no other's. */
const BLOCKED: Partial<Record<PlotName, Slug[]>> = { oneItemRefunded: ['book'] }

/** The plot of the run's n-th session. */
export function plotOf(place: number): PlotName {
  const all = [...NAMES, ...ORDINARY]
  return all[place % all.length] ?? 'paid'
}

/** Plays one plot to its end. @returns null when the shop never let the buyer begin */
export async function play(world: World, plot: PlotName): Promise<Tale | null> {
  const scene = sceneOf(world)
  const isOurs = plot !== 'foreign'
  const sessionId = isOurs
    ? await scene.begin(...(BASKETS[plot] ?? ['book']))
    : await world.timeline.real(() => openForeignSession(world.vendors))
  if (!sessionId) return null
  const act: Plot = PLOTS[plot]
  await act(scene, sessionId)
  return { plot, sessionId, isOurs, blocked: BLOCKED[plot] ?? [] }
}

function sceneOf(world: World): Scene {
  const { timeline, chance } = world
  const levers = createLevers(world.vendors.world)
  return {
    world,
    levers,
    wait: (minutes) => timeline.sleep(chance.between(0, minutes * 60_000)),
    begin: async (...slugs) => {
      for (let tries = 0; tries < 40; tries++) {
        const id = await click(world, slugs)
        if (id) return id
        await timeline.sleep(5_000)
      }
      return null
    },
    pay: async (id, card) => {
      await timeline.sleep(chance.between(5_000, 60_000))
      levers.pay(id, card)
      const visits = chance.whole(4)
      for (let visit = 0; visit < visits; visit++) {
        await timeline.sleep(chance.between(200, 20_000))
        void world.openSuccess(id)
      }
    },
  }
}

async function click({ spawn, chance, claims }: World, slugs: Slug[]): Promise<string | null> {
  const claim = String(chance.next())
  // Another visitor's each time: the limits are no part of these stories.
  const address = `10.${claim.slice(2, 4)}.${claim.slice(4, 6)}.${claim.slice(6, 8)}`
  const basket = { items: slugs.map((slug) => ({ slug, quantity: 1 })) }
  const end = await spawn('checkout', (app) => startCheckout(app, basket, { claim, backTo: '/basket/', address }))
  const begun = end.kind === 'done' && end.value.kind === 'begun' ? end.value.url : ''
  const id = /cs_test_\w+/.exec(begun)?.[0]
  if (id) claims.set(id, claim)
  return id ?? null
}
