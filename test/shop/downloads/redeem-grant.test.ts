import { describe, expect, it } from 'vitest'
import type { Redemption } from '../../../db/redemptions.ts'
import type { App } from '../../../shop/app.ts'
import { redeemGrant } from '../../../shop/downloads/redeem-grant.ts'
import { DownloadsUsedUp, Forbidden, TooManyDownloads, VendorDown } from '../../../shop/errors.ts'

const GRANT = { orderItemId: 'itm_1', fileId: 'fil_1', epoch: 2, jti: 'j1' }

/** The database as it answers one after the other, and what was sent to it and begun behind the answer. */
function stage(...answers: Partial<Redemption>[]) {
  const sent: { text: string; values: unknown[] }[] = []
  const later: string[] = []
  const db = async (strings: TemplateStringsArray, ...values: unknown[]) => {
    const text = strings.join('?')
    sent.push({ text, values })
    if (!text.includes('from downloads')) return []
    return [
      { outcome: 'again', order_id: null, retry_after: null, ...answers[Math.min(sent.length, answers.length) - 1] },
    ]
  }
  const shop = { downloads: { perItem: null, dailyPerItem: 20, earlierVersions: true } }
  const app = {
    db,
    now: () => new Date('2026-11-23T10:00:00Z'),
    shop,
    later: async (what: string, work: Promise<unknown>) => void [later.push(what), work.catch(() => 0)],
  }
  return { app: app as unknown as App, sent, later }
}

const refusalOf = (app: App) =>
  redeemGrant(app, GRANT).then(
    () => 'passed',
    (error: unknown) => error,
  )

describe('redeemGrant', () => {
  it.each(['counted', 'known'] as const)('lets a token pass that was %s, and tells nobody', async (outcome) => {
    const { app, sent, later } = stage({ outcome })
    expect([await refusalOf(app), sent.length, later]).toEqual(['passed', 1, []])
    expect(sent[0]?.values).toEqual(expect.arrayContaining(['j1', 'itm_1', 'fil_1', 2, true, 20]))
  })

  it.each<[Partial<Redemption>, Error]>([
    [{ outcome: 'closed' }, new Forbidden('The order no longer gives access to this file.')],
    [{ outcome: 'used_up' }, new DownloadsUsedUp('This item was downloaded as often as it may be.')],
  ])('D6 D15 refuses %o, and tells nobody', async (answer, error) => {
    const { app, later } = stage(answer)
    expect([await refusalOf(app), later]).toEqual([error, []])
  })

  it.each([
    [90, 90],
    [null, 3_600],
  ])('D15 refuses too many a day for %j s, and tells the seller behind the answer', async (retry_after, seconds) => {
    const { app, sent, later } = stage({ outcome: 'too_many_today', order_id: 'ord_1', retry_after })
    const error = await refusalOf(app)
    expect(error).toBeInstanceOf(TooManyDownloads)
    expect(error).toMatchObject({ message: 'This item was downloaded very often today.', retryAfter: seconds })
    expect(later).toEqual(['alert_failed'])
    const told = JSON.stringify(sent[1]?.values)
    for (const part of ['seller_unusual_downloads', 'itm_1', 'ord_1']) expect(told).toContain(part)
  })

  it('asks again when others were counted at the same moment', async () => {
    const { app, sent } = stage({ outcome: 'again' }, { outcome: 'again' }, { outcome: 'counted' })
    expect([await refusalOf(app), sent.length]).toEqual(['passed', 3])
  })

  it('gives up after 100 turns, and says when to come again', async () => {
    const { app, sent } = stage({ outcome: 'again' })
    const error = await refusalOf(app)
    expect([error instanceof VendorDown, sent.length]).toEqual([true, 100])
    expect(error).toMatchObject({ vendor: 'database', message: 'Too many downloads at once.', retryAfter: 1 })
  })
})
