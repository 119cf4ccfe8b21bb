import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectErrors } from '../support/quiet.ts'
import { callDoor, DOORS, type Door, PUBLIC_DOORS, settleDoors } from './doors/every-door.ts'
import { expectHeaders, HEALTH } from './doors/expected-headers.ts'
import { ROWS, type Row } from './doors/questions.ts'
import { openStage, requestOf, type Stage } from './doors/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const WHO = ['nobody', 'other', 'buyer', 'admin'] as const

/** A door that nobody has said who may use. */
const rowOf = ({ name }: Door): Row => {
  const row = ROWS[name]
  if (!row) throw new Error(`functions/${name}.ts is new: say in test/attacks/doors/questions.ts who may do what there`)
  return row
}

describe('who gets what', () => {
  it('is said for every function that a stranger can reach, and for none that is not there', () => {
    expect(Object.keys(ROWS).toSorted()).toEqual(PUBLIC_DOORS.map(({ name }) => name).toSorted())
  })

  it('is nothing at those that only the platform’s clock calls', () => {
    expect(DOORS.filter(({ kind }) => kind === 'schedule').map(({ name }) => name)).toEqual(['reconcile', 'sweep_jobs'])
  })

  describe.each(PUBLIC_DOORS)('at $name', (door) => {
    it.each(WHO)('by %s', async (who) => {
      const { siteUrl } = stage.platform
      const row = rowOf(door)
      const question = await row.ask(stage)
      const request = requestOf({ siteUrl, cookie: stage.cookies[who] }, door, question)
      if (row.gets[WHO.indexOf(who)] === 503) expectErrors()
      const answer = await callDoor(door, request, question.slug)
      const text = await answer.clone().text()
      expect([answer.status, text], text).toEqual([row.gets[WHO.indexOf(who)], text])
      expectHeaders(answer, door.name === 'healthz' ? HEALTH : {})
      const seen = stage.own.filter((secret) => text.includes(secret))
      expect(seen.length > 0, text).toBe(row.shows?.includes(who) ?? false)
      await settleDoors()
    })
  })
})
