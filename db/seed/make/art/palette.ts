/** The colours of the house: one ink, one paper, six paints. */
export const paint = {
  ink: '#121c2f',
  paper: '#f3f5f4',
  fog: '#dfe6e8',
  tomato: '#f04b2b',
  sun: '#ffc234',
  pine: '#0f5c4c',
  sky: '#9ccbee',
  blush: '#f7c3bd',
} as const
