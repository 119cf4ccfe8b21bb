/** What the search says, on its page and in its list of suggestions; its script carries these words with it. */
export const searchWords = {
  title: 'Search',
  summary: 'Find something on the shelf by its name, its subject or what it is for.',
  label: 'Search the store',
  button: 'Search',
  hint: 'Type a word or its beginning; accents and small mistakes do not matter.',
  suggestions: 'Suggestions',
  found: (count: number, query: string) =>
    count === 1 ? `One product for “${query}”` : `${count} products for “${query}”`,
  none: (query: string) => `Nothing found for “${query}”. Perhaps a shorter word?`,
  more: (shown: number) => `These are the ${shown} that fit best. One more word narrows them down.`,
  down: 'The search does not answer right now. The lists below lead to everything.',
  noScript: 'The search needs JavaScript, which your browser has switched off. The lists below lead to everything.',
  browse: 'Or browse',
}
