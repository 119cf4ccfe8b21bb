import { describe, expect, it } from 'vitest'
import { orderWords } from '../../site/_data/order-words.ts'
import { type AddressStanding, addressView } from '../../site/assets/ts/address-view.ts'

const words = orderWords.address
const standing: AddressStanding = {
  email: 'ada@exampel.com',
  notice: undefined,
  canCorrect: true,
  correction: { kind: 'none' },
}
const view = (more: Partial<AddressStanding>) => addressView({ ...standing, ...more })

describe('addressView', () => {
  it('shows the address, and offers its buyer to correct it', () => {
    expect(view({})).toEqual({
      warning: '',
      email: 'ada@exampel.com',
      said: '',
      offer: words.offer,
      form: null,
      isForSeller: false,
    })
  })

  it('offers nothing to whom it is masked, or when the hour is over', () => {
    expect(view({ email: 'a•••@e•••.com', canCorrect: false })).toMatchObject({
      offer: '',
      form: null,
      isForSeller: false,
    })
  })

  it('has the old address in the form, which is there to be mended, and says what sending it does', () => {
    const { form, offer } = view({ correction: { kind: 'typing' } })
    expect([form?.value, form?.hint, offer]).toEqual(['ada@exampel.com', words.form.hint, ''])
    expect(words.form.hint).toMatch(/send the receipt there.* old address stop working/)
  })

  it('leaves the form open to whom the hour runs out while typing: the shop decides', () => {
    expect(view({ canCorrect: false, correction: { kind: 'typing' } }).form).not.toBeNull()
  })

  it('says what was done', () => {
    const { said, offer } = view({ canCorrect: false, correction: { kind: 'corrected' } })
    expect([said, offer]).toEqual([words.corrected, ''])
  })

  it('leads to the seller where the page can do no more', () => {
    const over = view({ correction: { kind: 'over', why: words.over.too_late } })
    expect(over).toMatchObject({ said: words.over.too_late, offer: '', isForSeller: true })
  })

  it.each([
    ['bounced', true, words.bounced.early, false],
    ['bounced', false, words.bounced.late, true],
    ['complained', true, words.complained.early, true],
    ['complained', false, words.complained.late, true],
  ] as const)('F35 says that mails %s (correctable: %s), and what to do', (notice, canCorrect, todo, isForSeller) => {
    const { warning, ...rest } = view({ notice, canCorrect })
    expect(warning).toBe(`${words[notice].said} ${todo}`)
    expect(rest).toMatchObject({ isForSeller, offer: canCorrect ? words.offer : '' })
  })
})
