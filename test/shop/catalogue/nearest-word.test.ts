import { describe, expect, it } from 'vitest'
import { nearestWord } from '../../../shop/catalogue/nearest-word.ts'

const SLUGS = ['book', 'brook', 'small-and-finished', 'sample-pack']

describe('nearestWord', () => {
  it.each([
    ['bok', 'book'],
    ['boook', 'book'],
    ['book', 'book'],
    ['broook', 'brook'],
    ['small-and-finish', 'small-and-finished'],
    ['smal-nd-finishd', 'small-and-finished'],
    ['simple-pack', 'sample-pack'],
    ['typeface', null],
    ['', null],
  ])('of %j is %j', (typed, word) => {
    expect(nearestWord(typed, SLUGS)).toBe(word)
  })

  it('is nothing among nothing', () => {
    expect(nearestWord('book', [])).toBeNull()
  })
})
