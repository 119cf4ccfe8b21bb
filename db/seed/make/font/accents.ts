import { capitals } from './capitals.ts'
import type { Drawing } from './glyph.ts'
import { lowercase } from './lowercase.ts'
import { cut, disc, move, polygon, rect, ring, type Shape, unite } from './shapes.ts'
import { arch, cup, slope } from './strokes.ts'

const THIN = { x: 84, y: 78 }

/** Marks centred on x = 0, drawn as if over a letter of x-height 500. */
const marks: Record<string, Shape> = {
  '\u0300': polygon([-130, 720], [0, 720], [60, 570], [-30, 570]),
  '\u0301': polygon([0, 720], [130, 720], [30, 570], [-60, 570]),
  '\u0302': unite(slope([-110, 570], [0, 720], 100), slope([110, 570], [0, 720], 100)),
  '\u030c': unite(slope([0, 570], [-110, 720], 100), slope([0, 570], [110, 720], 100)),
  '\u0303': unite(arch([-165, 580, 35, 690], THIN), cup([-49, 560, 165, 670], THIN)),
  '\u0308': unite(disc([-166, 570, -30, 706]), disc([30, 570, 166, 706])),
  '\u030a': ring([-105, 560, 105, 770], 66, 62),
}

const composed = 'ÀÁÂÃÄÅÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŠŽČĚŘàáâãäåèéêëìíîïñòóôõöùúûüýÿšžčěř'

/** Letters with marks, built from the plain letters so that a change of one changes all. */
export const accented: Record<string, Drawing> = Object.fromEntries(
  [...composed].map((character) => [character, compose(character)]),
)

function compose(character: string): Drawing {
  const [letter = '', mark = ''] = character.normalize('NFD')
  const plain = capitals[letter] ?? withoutDot(letter)
  const sign = marks[mark]
  if (!plain || !sign) throw new TypeError(`No drawing for ${character}`)
  const raised = letter in capitals ? 205 : 0
  const centre = plain.outline.bounds.center.x
  return { ...plain, outline: unite(plain.outline, move(sign, centre, raised)) }
}

function withoutDot(letter: string): Drawing | undefined {
  const plain = lowercase[letter]
  if (!plain || letter !== 'i') return plain
  return { ...plain, outline: cut(plain.outline, rect([-100, 540, 400, 900])), left: 100, right: 100 }
}
