import { pathToFileURL } from 'node:url'

const here = import.meta.dirname
const face = (family: string, file: string, weight = 400, style = 'normal') =>
  `@font-face{font-family:"${family}";src:url("${pathToFileURL(file).href}");font-weight:${weight};font-style:${style}}`

// Static files, not variable ones: those become Type 3 fonts in a PDF, which print programs dislike.
const installed = (name: string, weight: number, style: string) =>
  `${here}/../node_modules/@fontsource/${name}/files/${name}-latin-${weight}-${style}.woff2`

/** Style rules for the three faces of the house: Casement for titles, Hanken Grotesk for labels, Literata for reading. */
export const faces = [
  face('Casement', `${here}/../../files/casement-display-bold.otf`),
  ...[500, 600, 700].map((weight) => face('Hanken', installed('hanken-grotesk', weight, 'normal'), weight)),
  ...[400, 700].map((weight) => face('Literata', installed('literata', weight, 'normal'), weight)),
  face('Literata', installed('literata', 400, 'italic'), 400, 'italic'),
].join('\n')
