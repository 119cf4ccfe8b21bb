import { describe, expect, it } from 'vitest'
import type { Money } from '../../../shop/money.ts'
import { basketWords as words } from '../../../site/_data/basket-words.ts'
import type { BasketLine } from '../../../site/assets/ts/basket/basket.ts'
import { type BasketState, payableLines, withBasket } from '../../../site/assets/ts/basket/basket-state.ts'
import { basketView } from '../../../site/assets/ts/basket/basket-view.ts'

const NOW = Date.parse('2026-11-23T14:32:00Z')
const line = (slug: string, unit_amount: number, more: Partial<BasketLine> = {}): BasketLine => ({
  ...{ slug, unit_amount, title: slug.toUpperCase(), thumb: '', currency: 'eur', quantity: 1 },
  ...more,
})
const BOOK = line('book', 1900, { quantity: 2 })
const PRINT = line('print', 2500)
const GIFT = line('gift', 0)

const state = (lines: BasketLine[] | null, more: Partial<BasketState> = {}): BasketState => ({
  basket: lines && { lines, begun: 0, settled: [] },
  removed: [],
  prices: new Map(),
  gone: new Set(),
  standing: { kind: 'ready' },
  ...more,
})
const view = (...given: Parameters<typeof state>) => basketView(state(...given), { locale: 'en', now: NOW })
const prices = (slug: string, now: Money) => new Map([[slug, now]])

describe('basketView', () => {
  it('shows lines, sums and the total', () => {
    expect(view([BOOK, PRINT])).toMatchObject({
      lines: [
        { title: 'BOOK', quantity: 2, each: '€19.00 each', sum: '€38.00', was: '', note: '' },
        { title: 'PRINT', quantity: 1, each: '', sum: '€25.00' },
      ],
      blank: null,
      notice: null,
      count: '2 products',
      total: '€63.00',
      pay: { label: words.pay, isBusy: false, isShut: false },
      fine: words.payNote,
      begun: '',
    })
  })

  it('counts yen in yen', () => {
    expect(view([line('a', 1500, { currency: 'jpy', quantity: 2 })]).total).toBe('¥3,000')
  })

  it('asks for no payment details where nothing costs anything, and for them where something does', () => {
    expect(view([GIFT])).toMatchObject({ pay: { label: words.getFree }, fine: words.freeNote, total: '€0.00' })
    expect(view([GIFT, PRINT])).toMatchObject({ pay: { label: words.pay }, fine: words.payNote, total: '€25.00' })
    expect(view([GIFT]).lines[0]?.sum).toBe(words.free)
  })

  it('is empty, or says that the browser keeps none', () => {
    expect(view([])).toMatchObject({ blank: words.empty, pay: null, total: '', count: '' })
    expect(view(null)).toMatchObject({ blank: words.forbidden, pay: null, lines: [] })
  })

  it('keeps the places of what was removed', () => {
    const removed = [
      { line: BOOK, at: 0 },
      { line: GIFT, at: 2 },
    ]
    const { lines } = view([PRINT], { removed })
    expect(lines.map(({ slug, isRemoved }) => [slug, isRemoved])).toEqual([
      ['book', true],
      ['print', false],
      ['gift', true],
    ])
  })

  it('shows an old price beside the new one, and asks for the new total', () => {
    const asked = view([BOOK, PRINT], { prices: prices('book', { amount: 2100, currency: 'eur' }) })
    expect(asked.lines[0]).toMatchObject({ was: '€19.00', now: '€21.00', each: '€21.00 each', sum: '€42.00' })
    expect(asked).toMatchObject({ notice: words.changed, total: '€67.00', pay: { label: 'Agree, and pay €67.00' } })
    const free = view([PRINT], { prices: prices('print', { amount: 0, currency: 'eur' }) })
    expect(free).toMatchObject({ pay: { label: words.getFree }, fine: words.freeNote })
  })

  it('counts nothing for what is gone, and goes on without it', () => {
    const { lines, count, total, pay, notice } = view([BOOK, PRINT], { gone: new Set(['book']) })
    expect([lines[0]?.note, lines[0]?.sum, count, total, pay?.label, notice]).toEqual([
      words.gone,
      '',
      'One product',
      '€25.00',
      words.payRest,
      words.missing,
    ])
    expect(view([BOOK, PRINT], { gone: new Set(['book', 'print']) })).toMatchObject({ pay: null, total: '' })
  })

  it('takes no payment in two currencies, and says why', () => {
    const mixed = view([BOOK, line('yen', 1500, { currency: 'jpy' })])
    expect(mixed).toMatchObject({ pay: null, notice: words.currencies, total: '€38.00 + ¥1,500' })
  })

  it.each(['offline', 'down', 'refused', 'unkept'] as const)(
    'says what is the matter, and lets try again: %s',
    (kind) => {
      expect(view([BOOK], { standing: { kind } })).toMatchObject({ notice: words[kind], pay: { label: words.again } })
    },
  )

  it('is busy while it asks, and on its way', () => {
    expect(view([BOOK], { standing: { kind: 'asking' } }).pay).toEqual({
      label: words.asking,
      isBusy: true,
      isShut: false,
    })
    expect(view([BOOK], { standing: { kind: 'leaving' } }).pay?.label).toBe(words.leaving)
  })

  it('counts the seconds down until it may ask again', () => {
    const until = (ms: number) => view([BOOK], { standing: { kind: 'busy', until: NOW + ms } }).pay
    expect(until(6_100)).toEqual({ label: 'Try again in 7 seconds', isBusy: false, isShut: true })
    expect(until(0)).toEqual({ label: words.again, isBusy: false, isShut: false })
  })

  it('tells of a payment page that is still open, and of no other', () => {
    const begun = (at: number, lines = [BOOK]) =>
      basketView({ ...state(lines), basket: { lines, begun: at, settled: [] } }, { locale: 'en', now: NOW }).begun
    expect(begun(NOW - 60_000)).toContain('Nothing is charged unless you pay there.')
    for (const at of [0, NOW - 3_600_001, NOW + 1, 1e300]) expect(begun(at)).toBe('')
    expect(begun(NOW, [])).toBe('')
  })
})

describe('withBasket', () => {
  it('forgets what was said of lines that have gone, and what was removed and is back', () => {
    const before = state([BOOK, PRINT], {
      prices: prices('book', { amount: 1, currency: 'eur' }),
      gone: new Set(['print', 'book']),
      removed: [
        { line: GIFT, at: 0 },
        { line: BOOK, at: 1 },
      ],
    })
    const after = withBasket(before, { lines: [GIFT, PRINT], begun: 0, settled: [] })
    expect([[...after.prices], [...after.gone], after.removed]).toEqual([[], ['print'], [{ line: BOOK, at: 1 }]])
  })
})

describe('payableLines', () => {
  it('are those for sale, at the prices of now', () => {
    const now = { amount: 5, currency: 'usd' }
    expect(payableLines(state([BOOK, PRINT], { prices: prices('print', now), gone: new Set(['book']) }))).toEqual([
      { ...PRINT, unit_amount: 5, currency: 'usd' },
    ])
  })
})
