import { describe, expect, it } from 'vitest'
import { buildStateOf, isBehind, type SiteBuild } from '../../../shop/publishing/build-state.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 12, minute))
const FRESH: SiteBuild = {
  asked: 4,
  asked_at: at(0),
  waiting_since: null,
  sent: 4,
  sent_at: at(1),
  built: 4,
  built_at: at(3),
  failures: 0,
  failing_since: null,
  last_error: null,
  is_missing: false,
  due_at: null,
}
const WAITING = { ...FRESH, asked: 6, waiting_since: at(10), due_at: at(11) }

describe('the state of the pages', () => {
  it.each([
    ['everything is in them', FRESH, true, { state: 'fresh', changes: 0, since: at(3), due_at: null }],
    ['a build is waited for', WAITING, true, { state: 'waiting', changes: 2, since: at(10), due_at: at(11) }],
    [
      'a build was asked for',
      { ...FRESH, asked: 6, sent: 6, sent_at: at(12) },
      true,
      { state: 'sent', changes: 2, since: at(12) },
    ],
    [
      'the hook failed',
      { ...WAITING, failures: 2, failing_since: at(11), last_error: 'The build hook answers 500.' },
      true,
      { state: 'failed', since: at(11), reason: 'The build hook answers 500.', due_at: at(11) },
    ],
    [
      'what was asked for never came',
      { ...FRESH, asked: 6, sent: 6, sent_at: at(12), is_missing: true },
      true,
      { state: 'failed', since: at(12), reason: expect.stringContaining('none has arrived') },
    ],
    [
      'nobody can be asked',
      WAITING,
      false,
      { state: 'no_hook', since: at(10), reason: 'no build hook is set', due_at: null },
    ],
    ['nobody can be asked, and nobody need be', FRESH, false, { state: 'fresh' }],
  ])('%s', (_what, build, isHooked, expected) => {
    expect(buildStateOf(build, { isHooked })).toMatchObject(expected)
  })

  it('is behind only by changes that are neither asked for nor built by another deploy', () => {
    expect(isBehind({ asked: 3, sent: 2, built: 1 })).toBe(true)
    expect(isBehind({ asked: 3, sent: 3, built: 1 })).toBe(false)
    expect(isBehind({ asked: 3, sent: 1, built: 3 })).toBe(false)
  })
})
