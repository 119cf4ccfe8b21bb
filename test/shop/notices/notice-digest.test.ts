import { describe, expect, it } from 'vitest'
import type { MailContent } from '../../../shop/mail/mail-layout.ts'
import { writeDeadJob } from '../../../shop/mail/seller-mails.ts'
import { writeDigest } from '../../../shop/notices/notice-digest.ts'
import { isNotice, isWanted } from '../../../shop/notices/notice-kinds.ts'
import shop from '../../../shop.config.ts'

const dead = (n: number) =>
  writeDeadJob({ job_id: `stripe:evt_${n}`, job_kind: 'sync_order', job_error: `reason ${n}` })
const digestOf = (count: number) =>
  writeDigest(
    'seller_dead_job',
    Array.from({ length: count }, (_, i) => dead(i)),
  )
const textOf = (content: MailContent) => JSON.stringify(content)

describe('a digest', () => {
  it.each([2, 20, 21, 1000])('of %i names every one, with what is its own', (count) => {
    const digest = digestOf(count)
    expect(digest.subject).toBe(`${count} jobs that failed for good`)
    expect(digest.rows).toHaveLength(count)
    for (let n = 0; n < count; n++) {
      expect(digest.rows[n]?.detail).toContain(`stripe:evt_${n} `)
      expect(digest.rows[n]?.detail).toContain(`reason ${n}`)
    }
  })

  it('says once what all have in common', () => {
    const contents = ['a', 'b'].map((word) => ({ ...dead(1), paragraphs: [`only ${word}`, 'the same advice'] }))
    const text = textOf(writeDigest('seller_dead_job', contents))
    expect(text.split('the same advice')).toHaveLength(2)
    expect(text).toContain('only a')
    expect(text).toContain('only b')
  })

  it('has a name for a kind that this version does not know', () => {
    expect(writeDigest('seller_of_tomorrow', [dead(1), dead(2)]).subject).toBe('2 notices')
  })
})

describe('the switches', () => {
  it('each take their own kind away, and no other', () => {
    const off = { notices: { ...shop.notices, dispute: false } }
    expect(isWanted(off, 'seller_dispute')).toBe(false)
    expect(isWanted(off, 'seller_sale')).toBe(true)
    expect(isWanted(off, 'receipt')).toBe(true)
    expect(isWanted(off, 'seller_of_tomorrow')).toBe(true)
  })

  it('are about mails to the seller only', () => {
    expect(isNotice('seller_sale')).toBe(true)
    expect(isNotice('receipt')).toBe(false)
  })
})
