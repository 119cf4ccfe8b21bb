import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../adapters/create-app.ts'
import { splitStatements } from '../../db/sql-statements.ts'
import { HANDLERS, type JobHandler } from '../../workers/registry.ts'
import { runJob } from '../../workers/runtime/run-job.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy } from '../support/sale.ts'
import { withoutPauses } from './dying.ts'
import { firstRelease } from './first-release.ts'
import { type FaultStage, newEventId, openFaultStage } from './stage.ts'

let stage: FaultStage
let sessionId: string

beforeAll(async () => {
  stage = await openFaultStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.leasesExpire()
  await stage.work()
  stage.dropWebhooks()
  sessionId = await buy(stage, 'book')
})

const ONCE = { orders: ['paid'], receipts: 1, files: 1 }

describe('a deployment that is rolled out or back while jobs wait', () => {
  it('F59 lets the new version do what the old one has stored', async () => {
    const id = `stripe:${newEventId()}`
    await firstRelease.enqueue(createApp().db, { id, kind: 'sync_order', payload: { stripe_session_id: sessionId } })
    await stage.work()
    expect([await stage.job(id), await stage.outcome(sessionId)]).toMatchObject([{ state: 'done', attempts: 1 }, ONCE])
  })

  it('F59 lets the old version’s statements claim, run and settle what the new one has stored', async () => {
    const id = newEventId()
    await stage.completed(sessionId, id)
    const app = withoutPauses(createApp())
    for (let shift = 0; shift < 4; shift++) {
      const [claim] = await firstRelease.claim(app.db, { limit: 10, leaseSeconds: 60, holder: 'old' })
      for (const job of claim?.jobs ?? []) {
        const end = await runJob(app, { job, observedAt: claim?.observed_at ?? '' }, HANDLERS)
        if (end === 'done') await firstRelease.settle(app.db, job)
      }
    }
    expect([await stage.job(`stripe:${id}`), await stage.outcome(sessionId)]).toMatchObject([
      { state: 'done', attempts: 1 },
      ONCE,
    ])
  })

  it('F59 fences the two versions against each other', async () => {
    const id = `stripe:${newEventId()}`
    const app = withoutPauses(createApp())
    await firstRelease.enqueue(app.db, { id, kind: 'sync_order', payload: { stripe_session_id: sessionId } })
    const [claim] = await firstRelease.claim(app.db, { limit: 1, leaseSeconds: 60, holder: 'old' })
    await stage.leasesExpire()
    await stage.work()
    const [job] = claim?.jobs ?? []
    if (!job) throw new Error('the old version should have had the job')
    expect(await firstRelease.settle(app.db, job)).toEqual([])
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it.each<[string, Record<string, JobHandler>]>([
    ['a kind of job', {}],
    ['what is in its payload', { sync_order: () => Promise.reject(new TypeError('unrecognized key')) }],
  ])('F59 keeps for the new version what the old one does not know: %s', async (_what, handlers) => {
    expectErrors()
    const id = newEventId()
    await stage.completed(sessionId, id)
    await stage.workWith(withoutPauses(createApp()), handlers)
    expect(await stage.job(`stripe:${id}`)).toMatchObject({ state: 'open', attempts: 1 })
    await stage.dueNow()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F59 keeps a mail of a kind that the old version cannot write', async () => {
    expectErrors()
    await stage.rows(`insert into emails (id, kind) values ('news:1', 'of_tomorrow')`)
    await stage.rows(
      `insert into jobs (id, kind, payload) values ('mail:news:1', 'send_email', '{"email_id":"news:1"}')`,
    )
    await stage.work()
    expect(await stage.job('mail:news:1')).toMatchObject({ state: 'open', attempts: 1 })
    await stage.rows(`update emails set kind = 'seller_key_refused' where id = 'news:1'`)
    await stage.dueNow()
    await stage.work()
    expect(await stage.job('mail:news:1')).toMatchObject({ state: 'done' })
  })
})

/** What takes away from under a running function what it still uses, or asks of it what it does not yet write. */
const CONTRACTS =
  /\bdrop (table|column|view)\b|\brename\b|\bset not null\b|\balter column \w+ (set data )?type\b|\badd column (?!.*\bdefault\b).*\bnot null\b/i

describe('a migration after the first release', () => {
  it('F59 only adds: no statement takes away or demands what a running function does not know', async () => {
    const folder = new URL('../../db/migrations/', import.meta.url)
    const later = (await readdir(folder)).filter((name) => name.endsWith('.sql') && name > '0004')
    expect(later.length).toBeGreaterThan(0)
    for (const name of later) {
      const statements = splitStatements(await readFile(new URL(name, folder), 'utf8'))
      expect([name, statements.filter((text) => CONTRACTS.test(text.replaceAll(/\s+/g, ' ')))]).toEqual([name, []])
    }
  })

  it.each([
    ['alter table jobs drop column deferrals', true],
    ['alter table jobs rename to tasks', true],
    ['alter table orders alter column email set not null', true],
    ['alter table orders alter column status type int', true],
    ['alter table orders add column vat text not null', true],
    ["alter table orders add column vat text not null default ''", false],
    ['alter table orders add column vat text', false],
    ['create index x on orders (email)', false],
  ])('F59 %s: found out %s', (statement, isContract) => {
    expect(CONTRACTS.test(statement)).toBe(isContract)
  })
})
