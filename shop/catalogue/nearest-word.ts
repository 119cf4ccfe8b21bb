/** The word that was probably meant: the one with the fewest letters typed wrongly, at most two or a third of them; null if none is near. */
export function nearestWord(typed: string, words: string[]): string | null {
  const most = Math.max(2, Math.floor(typed.length / 3))
  const near = words.map((word) => ({ word, edits: countEdits(typed, word) })).filter(({ edits }) => edits <= most)
  return near.sort((a, b) => a.edits - b.edits)[0]?.word ?? null
}

/** Levenshtein's distance, row by row. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...to].entries()) {
      const swapped = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
