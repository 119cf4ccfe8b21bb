import { describe, expect, it } from 'vitest'
import { type ProofAnswer, readProofAnswer } from '../../site/assets/ts/proof-answer.ts'
import { readProofStep } from '../../site/assets/ts/proof-step.ts'
import { readDigits } from '../../site/assets/ts/read-digits.ts'
import { sayTime } from '../../site/assets/ts/say-time.ts'

describe('readProofAnswer', () => {
  it.each<[string, number, unknown, string | null, ProofAnswer]>([
    ['a mail under way', 202, { state: 'sent' }, null, { kind: 'sent' }],
    ['the right code', 200, { access: 'ey.J' }, null, { kind: 'access', access: 'ey.J' }],
    ['a wrong code', 401, { state: 'wrong_code', tries_left: 9 }, null, { kind: 'wrong', triesLeft: 9 }],
    ['the last wrong code', 401, { state: 'wrong_code', tries_left: 0 }, null, { kind: 'over' }],
    ['a code that is over', 410, { state: 'code_over' }, null, { kind: 'over' }],
    ['what the shop cannot read', 400, { error: { code: 'invalid_input' } }, null, { kind: 'malformed' }],
    ['too many tries', 429, { error: {} }, '240', { kind: 'often', retrySeconds: 240 }],
    ['too many tries without a time', 429, null, null, { kind: 'often', retrySeconds: 60 }],
    ['an outage', 503, { error: { code: 'vendor_down' } }, '30', { kind: 'down' }],
    ['a door that is not there', 404, null, null, { kind: 'down' }],
    ['200 without a key', 200, { state: 'sent' }, null, { kind: 'down' }],
    ['a page instead of JSON', 202, null, null, { kind: 'down' }],
  ])('reads %s', (_name, status, body, retryAfter, expected) => {
    expect(readProofAnswer(status, body, retryAfter)).toEqual(expected)
  })
})

describe('readDigits', () => {
  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['123-456', '123456'],
    ['Your code: 012345.', '012345'],
    ['１２３４５６', '123456'],
    ['12345', null],
    ['1234567', null],
    ['', null],
  ])('%j', (typed, code) => expect(readDigits(typed)).toBe(code))
})

describe('readProofStep', () => {
  const kept = { session_id: 'cs_test_1', email: 'a@example.com', sentAt: 1_000 }
  const step = { kind: 'code-sent', email: 'a@example.com', sentAt: 1_000 }
  it.each<[string, unknown, number, unknown]>([
    ['finds the code that is under way', kept, 2_000, step],
    ['until it can no longer be valid', kept, 1_000 + 599_999, step],
    ['and not longer', kept, 1_000 + 600_000, undefined],
    ['nor from the future, after the clock was set', kept, 999, undefined],
    ['nor an address that is none', { ...kept, email: '<b>' }, 2_000, undefined],
    ['nor anything in another state', { session_id: 'cs_test_1' }, 2_000, undefined],
    ['nor in none', null, 2_000, undefined],
  ])('%s', (_name, state, now, expected) => expect(readProofStep(state, now)).toEqual(expected))
})

describe('sayTime', () => {
  it('says seconds, and minutes from two on, never less than it is', () => {
    expect([1, 59.2, 119].map((seconds) => sayTime(seconds, 'en'))).toEqual(['1 second', '60 seconds', '119 seconds'])
    expect([120, 121, 599].map((seconds) => sayTime(seconds, 'de'))).toEqual(['2 Minuten', '3 Minuten', '10 Minuten'])
  })
})
