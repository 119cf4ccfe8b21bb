import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { openStage, type Stage } from '../reconcile/stage.ts'
import { buy } from '../support/sale.ts'
import { paperTerminal } from './paper-terminal.ts'

let stage: Stage
let sessions: string[]

beforeAll(async () => {
  stage = await openStage()
  stage.dropWebhooks()
  sessions = [await buy(stage, 'book'), await buy(stage, 'print')]
})
afterAll(() => stage.close())

async function till(line: string) {
  const paper = paperTerminal()
  const code = await runTill(line.split(' '), {
    commands: COMMANDS,
    terminal: paper.terminal,
    connect: (work) => work({ app: stage.app(), folder: '', env: { ...process.env } }),
  })
  return { code, out: paper.out.join('\n'), err: paper.err.join('\n') }
}
const orders = async () => (await Promise.all(sessions.map((id) => stage.ordersOf(id)))).flat().length
const jobs = () =>
  stage.rows<{ id: string; state: string; fence: number }>(
    "select id, state, fence from jobs where id like 'stripe:%' order by id",
  )

describe('till events replay', () => {
  it('lists what it would take, and takes nothing, with --dry-run', async () => {
    const { code, out } = await till('events replay --since 1h --dry-run')
    expect(code).toBe(0)
    for (const id of sessions) expect(out).toContain(id)
    expect(await jobs()).toEqual([])
  })

  it('brings in what no delivery brought, and again changes nothing', async () => {
    expect(await till('events replay --since 1h')).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^2 of 2 are taken again/),
    })
    await stage.work()
    expect(await orders()).toBe(2)
    const before = await jobs()
    expect(before.map(({ state }) => state)).toEqual(['done', 'done'])
    const id = before[0]?.id.replace('stripe:', '') ?? ''
    expect(await till(`events replay ${id}`)).toMatchObject({ code: 0, out: expect.stringContaining(id) })
    await stage.work()
    const after = await jobs()
    expect(after[0]).toMatchObject({ state: 'done', fence: (before[0]?.fence ?? 0) + 1 })
    expect(await orders()).toBe(2)
    expect((await stage.mails()).filter(({ idempotency_key: key }) => key?.startsWith('receipt:'))).toHaveLength(2)
  })

  it('reads all pages of many events', async () => {
    const [sessionId = ''] = sessions
    for (let i = 0; i < 55; i++) await stage.refund(sessionId, 1)
    const { out } = await till('events replay --since 1h --dry-run --json')
    expect(JSON.parse(out).length).toBeGreaterThan(105)
  })

  it.each([
    ['events replay', 2, 'Name one event'],
    ['events replay cs_test_1', 2, 'not an event'],
    ['events replay evt_1 --since 2d', 2, 'Name one event'],
    ['events replay evt_unknown', 1, 'Stripe has no event evt_unknown'],
  ])('says what is wrong with: %s', async (line, code, says) => {
    expect(await till(line)).toMatchObject({ code, err: expect.stringContaining(says) })
  })
})
