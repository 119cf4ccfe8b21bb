import { describe, expect, it } from 'vitest'
import { foldText } from '../../cli/commands/fold-text.ts'

const WORDS = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen'

describe('foldText', () => {
  it('fills a paragraph anew, whatever its lines were', () => {
    const folded = [
      'one two three four five six seven eight nine ten eleven twelve thirteen fourteen',
      'fifteen sixteen',
    ].join('\n')
    expect(foldText(WORDS)).toBe(folded)
    expect(foldText(WORDS.replace('nine ', 'nine\n'))).toBe(folded)
  })

  it('keeps blank lines, short lines and the lines of a list', () => {
    const text = 'A list:\n\n  --one  first\n  --two  second\n\nIts end.'
    expect(foldText(text)).toBe(text)
  })

  it('goes on below the explanation of a list’s line', () => {
    expect(foldText(`  --count <n>  ${WORDS}`)).toBe(
      [
        '  --count <n>  one two three four five six seven eight nine ten eleven twelve',
        '               thirteen fourteen fifteen sixteen',
      ].join('\n'),
    )
  })

  it('does not cut a word, however long', () => {
    const word = 'x'.repeat(90)
    expect(foldText(word)).toBe(word)
    expect(foldText(`  a  ${word} end`)).toBe(`  a  ${word}\n     end`)
  })
})
