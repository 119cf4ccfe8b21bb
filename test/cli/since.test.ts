import { describe, expect, it } from 'vitest'
import { readSince } from '../../cli/commands/reconcile/since.ts'

const NOW = new Date('2026-11-23T12:00:00Z')

describe('readSince', () => {
  it.each([
    ['30d', '2026-10-24T12:00:00.000Z'],
    ['1h', '2026-11-23T11:00:00.000Z'],
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('reads %s', (text, at) => expect(readSince(text, NOW)).toEqual({ text, at: new Date(at) }))

  it.each([
    '',
    'd',
    '0d',
    '-1d',
    '30',
    '30m',
    '1.5d',
    '99999d',
    '2026-02-30',
    '2026-13-01',
    '2027-01-01',
    '1999-01-01',
    'yesterday',
  ])('takes "%s" for no time in the past', (text) => expect(readSince(text, NOW)).toBeNull())
})
