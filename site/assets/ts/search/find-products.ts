import { foldText } from './fold-text.ts'
import { isNear } from './is-near.ts'
import type { Entry } from './search-index.ts'

/** A word this short has too many neighbours to guess which one was meant. */
const LEAST_TO_GUESS = 4
const MOST_GUESSES = 6

/**
 * The products in which each word of the query begins some word: title before tags before summary, and otherwise as the seller
 * positions them. A word that begins nothing is taken for one with a single letter wrong.
 */
export function findProducts(entries: Entry[], query: string): Entry[] {
  const terms = foldText(query).split(' ').filter(Boolean)
  if (terms.length === 0) return []
  const meant = terms.map((term) => guess(entries, term))
  const ranked = entries.map((entry, at) => ({ entry, at, score: scoreOf(entry, meant) }))
  const found = ranked.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || a.at - b.at)
  return found.map(({ entry }) => entry)
}

/** The sum over all words; 0 when one of them is nowhere. */
function scoreOf(entry: Entry, meant: string[][]): number {
  let sum = 0
  for (const words of meant) {
    const best = Math.max(0, ...words.map((word) => scoreOfWord(entry, word)))
    if (best === 0) return 0
    sum += best
  }
  return sum
}

function scoreOfWord({ inTitle, inTags, inWords }: Entry, word: string): number {
  if (inTitle.startsWith(` ${word} `)) return 12
  if (inTitle.includes(` ${word} `)) return 10
  if (inTitle.includes(` ${word}`)) return 8
  if (inTags.includes(` ${word}`)) return 4
  return inWords.includes(` ${word}`) ? 1 : 0
}

/** What may have been meant: the word itself if any word begins with it, else words of titles and tags that are near. */
function guess(entries: Entry[], term: string): string[] {
  if (term.length < LEAST_TO_GUESS || entries.some((entry) => scoreOfWord(entry, term) > 0)) return [term]
  const near = new Set<string>()
  for (const { inTitle, inTags } of entries)
    for (const word of `${inTitle}${inTags}`.split(' ')) {
      if (word.length >= term.length - 1 && !near.has(word) && isNear(term, word)) near.add(word)
      if (near.size === MOST_GUESSES) return [...near]
    }
  return near.size > 0 ? [...near] : [term]
}
