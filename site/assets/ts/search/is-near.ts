/** Whether one letter more, less, other or swapped with its neighbour turns what was typed into the beginning of a word. */
export function isNear(typed: string, word: string): boolean {
  let same = 0
  while (same < typed.length && typed[same] === word[same]) same++
  const rest = typed.slice(same + 1)
  const swapped = (typed[same + 1] ?? '') + (typed[same] ?? '') + typed.slice(same + 2)
  return (
    word.startsWith(rest, same + 1) ||
    word.startsWith(rest, same) ||
    word.startsWith(typed.slice(same), same + 1) ||
    word.startsWith(swapped, same)
  )
}
