import { describe, expect, it } from 'vitest'
import { duration, progressLine } from '../../cli/commands/file/progress-line.ts'
import { watchTransfer } from '../../cli/commands/file/watch-transfer.ts'
import { paperTerminal } from './paper-terminal.ts'

const HALF = { what: 'Uploading', done: 50_000_000, total: 100_000_000, startedWith: 0, seconds: 10 }

describe('progressLine', () => {
  it('tells share, size, rate and the time that is left', () => {
    expect(progressLine(HALF)).toBe('Uploading  [==========          ]   50%  50 MB of 100 MB  5 MB/s  10 s left')
  })

  it('reckons the rate from what this run has sent, not from what was there', () => {
    expect(progressLine({ ...HALF, startedWith: 40_000_000 })).toContain('1 MB/s  50 s left')
  })

  it.each([
    ['at its beginning', { ...HALF, seconds: 0.1 }],
    ['when nothing moves', { ...HALF, startedWith: HALF.done }],
    ['when a part was lost', { ...HALF, startedWith: 60_000_000 }],
  ])('promises nothing %s', (_when, standing) => {
    expect(progressLine(standing)).toMatch(/50 MB of 100 MB$/)
  })

  it('is not full before the last byte', () => {
    expect(progressLine({ ...HALF, done: HALF.total - 1 })).toContain('[=================== ]   99%')
    expect(progressLine({ ...HALF, done: HALF.total })).toContain('[====================]  100%')
  })
})

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [59.2, '1 min 0 s'],
    [3_599, '59 min 59 s'],
    [7_500, '2 h 5 min'],
  ])('%d is %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text)
  })
})

describe('watchTransfer', () => {
  it('tells beginning and end, and draws ten times a second at most', () => {
    let now = 0
    const paper = paperTerminal()
    const transfer = watchTransfer(paper.terminal, { what: 'Reading', total: 1_000 }, () => now)
    for (let done = 1; done <= 1_000; done++, now += 1) transfer.progress(done)
    transfer.end('Read')
    expect(paper.err).toEqual(['Reading (1 kB) …', 'Read in 1 s.'])
    expect(paper.shown).toHaveLength(11)
    expect(paper.shown.at(-1)).toContain('100%')
  })
})
