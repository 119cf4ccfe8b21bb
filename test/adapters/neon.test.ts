import { NeonDbError } from '@neondatabase/serverless'
import { describe, expect, it } from 'vitest'
import { createBatch, createDatabase } from '../../adapters/neon.ts'
import { VendorDown } from '../../shop/errors.ts'
import { answeringServer, type Reply } from './answering-server.ts'

const databaseUrl = 'postgres://till:hunter2@db.example/till'
const ROW = {
  command: 'SELECT',
  rowCount: 1,
  rowAsArray: true,
  fields: [{ name: 'one', dataTypeID: 23 }],
  rows: [['1']],
}
const GOOD: Reply = { status: 200, body: ROW }
const refused = (code: string): Reply => ({ status: 400, body: { message: 'why', code, severity: 'ERROR' } })

/** Asks a database that gives these replies: the rows or the error, and how often it was asked. */
async function ask(...replies: Reply[]) {
  await using server = await answeringServer(...replies)
  const db = createDatabase({ databaseUrl, sqlEndpoint: `${server.origin}/sql` })
  const outcome = await db`select ${1}::int as one`.catch((error: unknown) => error)
  return { outcome, asked: server.requests.length }
}

describe('createDatabase', () => {
  it('answers with rows', async () => {
    expect(await ask(GOOD)).toEqual({ outcome: [{ one: 1 }], asked: 1 })
  })

  it('sends statements that follow each other over one connection', async () => {
    await using server = await answeringServer(GOOD)
    const db = createDatabase({ databaseUrl, sqlEndpoint: `${server.origin}/sql` })
    for (let i = 0; i < 5; i++) await db`select ${1}::int as one`
    expect([server.requests.length, server.connections()]).toEqual([5, 1])
  })

  it.each(['40001', '40P01'])('sends a statement again that lost against another one (%s)', async (code) => {
    expect(await ask(refused(code), refused(code), GOOD)).toEqual({ outcome: [{ one: 1 }], asked: 3 })
  })

  it('gives up after three conflicts', async () => {
    const { outcome, asked } = await ask(refused('40001'))
    expect(outcome).toBeInstanceOf(NeonDbError)
    expect(asked).toBe(3)
  })

  it.each(['23505', '42601', '22021', '23514', '55P03'])(
    'does not repeat a statement that was refused with %s',
    async (code) => {
      const { outcome, asked } = await ask(refused(code), GOOD)
      expect(outcome).toMatchObject({ name: 'NeonDbError', code })
      expect(asked).toBe(1)
    },
  )

  it.each<[string, Reply]>([
    ['503', { status: 503, body: 'no healthy upstream' }],
    ['500', { status: 500, body: {} }],
    ['a hang-up', 'reset'],
    ['a lost connection (08006)', refused('08006')],
    ['too many connections (53300)', refused('53300')],
    ['a shutdown (57P01)', refused('57P01')],
  ])('takes %s for an outage, and writes nothing twice', async (_what, reply) => {
    const { outcome, asked } = await ask(reply, GOOD)
    expect(outcome).toBeInstanceOf(VendorDown)
    expect(outcome).toMatchObject({ vendor: 'database', status: 503 })
    expect(String(outcome)).not.toContain('hunter2')
    expect(asked).toBe(1)
  })
})

describe('createBatch', () => {
  it('repeats the whole batch after a conflict, and not after anything else', async () => {
    const results: Reply = { status: 200, body: { results: [ROW, ROW] } }
    await using server = await answeringServer(refused('40001'), results, refused('23505'))
    const batch = createBatch({ databaseUrl, sqlEndpoint: `${server.origin}/sql` })
    await batch(['select 1', 'select 2'])
    await expect(batch(['select 1'])).rejects.toMatchObject({ code: '23505' })
    expect(server.requests).toHaveLength(3)
  })
})
