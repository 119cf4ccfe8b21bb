import { expect, it } from 'vitest'
import { codeAnswerOf } from '../../../shop/downloads/code-answer.ts'

it('answers a guess with what the page needs to go on, and nothing else', () => {
  expect(codeAnswerOf({ kind: 'right', access: 'a.b.c' })).toEqual({ status: 200, body: { access: 'a.b.c' } })
  expect(codeAnswerOf({ kind: 'wrong', triesLeft: 3 })).toEqual({
    status: 401,
    body: { state: 'wrong_code', tries_left: 3 },
  })
  expect(codeAnswerOf({ kind: 'over' })).toEqual({ status: 410, body: { state: 'code_over' } })
})
