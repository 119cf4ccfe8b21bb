import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { countChanges, noteBuilt, readBuild } from '../../db/site-build.ts'
import { askRebuild } from '../../shop/publishing/ask-rebuild.ts'
import { buildStateOf } from '../../shop/publishing/build-state.ts'
import { answeringServer, type Reply } from '../adapters/answering-server.ts'
import { paperTerminal } from '../cli/paper-terminal.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy } from '../support/sale.ts'
import { type FaultStage, openFaultStage } from './stage.ts'

let stage: FaultStage
let netlify: Awaited<ReturnType<typeof answeringServer>> | undefined

beforeAll(async () => {
  stage = await openFaultStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.leasesExpire()
  await stage.rows(`update site_build set asked = 0, sent = 0, built = 0, asked_at = null, sent_at = null, built_at = null,
    waiting_since = null, failures = 0, failing_since = null, last_error = null`)
  await stage.rows("delete from jobs where id like '%build%'")
  await stage.rows("delete from emails where kind = 'seller_build_failed'")
})
afterEach(async () => {
  await netlify?.[Symbol.asyncDispose]()
  netlify = undefined
  delete process.env.NETLIFY_BUILD_HOOK_URL
})

/** Netlify gives these answers; from now on the shop has a build hook. */
async function hookAnswers(...replies: Reply[]): Promise<void> {
  netlify = await answeringServer(...replies)
  process.env.NETLIFY_BUILD_HOOK_URL = `${netlify.origin}/build_hooks/0123456789`
}

const asked = () => netlify?.requests.length ?? 0
const OK: Reply = { status: 200, body: '' }
const edit = (title: string) => stage.rows('update products set title = $1 where slug = $2', [title, 'book'])
const state = async () => buildStateOf(await readBuild(stage.app().db), { isHooked: stage.app().builds.isSet })
const job = () => stage.job('build_site')

/** As if the minute, or the wait after a failure, were over. */
async function buildDue(): Promise<void> {
  await stage.rows("update jobs set due_at = now() where id = 'build_site' and state = 'open'")
  await stage.work()
}

describe('F57 a build is asked for', () => {
  it('F57 a minute after the first of many changes, once', async () => {
    await hookAnswers(OK)
    for (const title of ['One', 'Two', 'Three']) await edit(title)
    const seconds = await stage.secondsUntil('build_site')
    expect(seconds).toBeGreaterThan(40)
    expect(seconds).toBeLessThanOrEqual(60)
    await stage.work()
    expect(asked()).toBe(0)
    expect(await state()).toMatchObject({ state: 'waiting', changes: 3 })
    await buildDue()
    expect(asked()).toBe(1)
    expect(await state()).toMatchObject({ state: 'sent', changes: 3 })
  })

  it('F57 five minutes after the build before, and the changes that come meanwhile share it', async () => {
    await hookAnswers(OK)
    await edit('One')
    await buildDue()
    for (const title of ['Two', 'Three']) await edit(title)
    const seconds = await stage.secondsUntil('build_site')
    expect(seconds).toBeGreaterThan(240)
    expect(seconds).toBeLessThanOrEqual(300)
    await buildDue()
    expect(asked()).toBe(2)
  })

  it('F57 again for what changed while the hook was answering', async () => {
    await hookAnswers(OK)
    await edit('One')
    stage.sql.next(/update site_build set sent/, () => edit('Two'))
    await buildDue()
    expect(asked()).toBe(1)
    expect(await state()).toMatchObject({ state: 'waiting' })
    expect(await job()).toMatchObject({ state: 'open' })
    expect(await stage.secondsUntil('build_site')).toBeLessThanOrEqual(300)
    await buildDue()
    expect(asked()).toBe(2)
    expect(await state()).toMatchObject({ state: 'sent' })
  })

  it.each([
    ['500', { status: 500, body: '' } as Reply, 'The build hook answers 500.'],
    ['404', { status: 404, body: '' } as Reply, 'The build hook answers 404: see NETLIFY_BUILD_HOOK_URL.'],
    ['a cut connection', 'reset' as Reply, 'The build hook does not answer.'],
  ])(
    'F57 until it is taken, after %s; the third failure in a row is told once, and orders know nothing of it',
    async (_what, reply, reason) => {
      expectErrors()
      await hookAnswers(reply, reply, reply, reply, OK)
      await edit(`After ${_what}`)
      const sessionId = await buy(stage, 'book')
      for (const told of [0, 0, 1, 1]) {
        await buildDue()
        expect(await state()).toMatchObject({ state: 'failed', reason, since: expect.any(Date) })
        expect(await job()).toMatchObject({ state: 'open' })
        expect(await stage.secondsUntil('build_site')).toBeGreaterThan(2)
        expect(await stage.count("emails where kind = 'seller_build_failed'")).toBe(told)
      }
      expect(await stage.outcome(sessionId)).toEqual({ orders: ['paid'], receipts: 1, files: 1 })
      await buildDue()
      expect(await state()).toMatchObject({ state: 'sent', reason: null })
      expect(asked()).toBe(5)
      const said = (await stage.notices('seller_build_failed')).map(({ text }) => text).join()
      expect(said).toContain(reason.replace(/\.$/, ''))
      await stage.rows("delete from emails where kind = 'seller_build_failed'")
    },
  )

  it('F57 by whoever notes that no build has come half an hour after it was asked for', async () => {
    await hookAnswers(OK)
    await edit('One')
    await buildDue()
    await buildDue()
    expect(await job()).toMatchObject({ state: 'done' })
    expect(await stage.count("emails where kind = 'seller_build_failed'")).toBe(0)
    await edit('Two')
    await buildDue()
    await stage.rows("update site_build set sent_at = now() - interval '31 minutes'")
    await buildDue()
    expect(await state()).toMatchObject({ state: 'failed', reason: expect.stringContaining('none has arrived') })
    expect(await stage.count("emails where kind = 'seller_build_failed'")).toBe(1)
  })

  it('F57 not at all for what another deploy has built, and the build that came is known', async () => {
    await hookAnswers(OK)
    const { db } = stage.app()
    await edit('One')
    await noteBuilt(db, await countChanges(db))
    await buildDue()
    expect(asked()).toBe(0)
    expect(await state()).toMatchObject({ state: 'fresh', changes: 0 })
    expect(await job()).toMatchObject({ state: 'done' })
    await edit('Two')
    expect(await job()).toMatchObject({ state: 'open' })
  })
})

describe('F57 without a build hook', () => {
  it('F57 says so wherever somebody asks, and never that all is well', async () => {
    await edit('One')
    await buildDue()
    expect(await state()).toMatchObject({ state: 'no_hook', reason: 'no build hook is set', changes: 1 })
    await expect(askRebuild(stage.app())).rejects.toThrow('NETLIFY_BUILD_HOOK_URL is not set')
    const paper = paperTerminal()
    const connect = (work: Parameters<Parameters<typeof runTill>[1]['connect']>[0]) =>
      work({ app: stage.app(), folder: '' })
    expect(await runTill(['rebuild', '--status'], { commands: COMMANDS, terminal: paper.terminal, connect })).toBe(1)
    expect(paper.out.join()).toContain('No build hook is set')
    expect(await runTill(['rebuild'], { commands: COMMANDS, terminal: paper.terminal, connect })).toBe(1)
  })
})

describe('F57 what asks for a build', () => {
  const CHANGES: [string, boolean][] = [
    ["update products set unit_amount = unit_amount + 100 where slug = 'print'", true],
    ["update products set status = 'retired' where slug = 'print'", true],
    ["update products set status = 'published' where slug = 'print'", true],
    ["update products set position = 7 where slug = 'print'", true],
    [
      "insert into products (id, slug, type, status, title, unit_amount, currency) values ('prd_new1', 'new-one', 'direct', 'published', 'New', 1, 'eur')",
      true,
    ],
    ["update product_files set retired_at = now() where product_id = 'prd_print'", true],
    ["update product_files set retired_at = null where product_id = 'prd_print'", true],
    ["delete from products where id = 'prd_new1'", true],
    [
      "insert into products (id, slug, type, title, unit_amount, currency) values ('prd_new2', 'new-two', 'direct', 'New', 1, 'eur')",
      false,
    ],
    ["update products set title = 'Still a draft' where id = 'prd_new2'", false],
    ["delete from products where id = 'prd_new2'", false],
    ['update products set title = title, updated_at = now()', false],
    ["update products set title = 'x' where slug = 'no-such'", false],
  ]
  it.each(CHANGES)('F57 %s: %s', async (sql, asks) => {
    await stage.rows(sql)
    expect((await job())?.state).toBe(asks ? 'open' : undefined)
  })
})
