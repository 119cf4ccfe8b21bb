import { Font, Glyph, Path } from 'opentype.js/dist/opentype.mjs'
import { accented } from './accents.ts'
import { capitals } from './capitals.ts'
import { digits } from './digits.ts'
import { type Drawing, glyph, STEM } from './glyph.ts'
import { kerning } from './kerning.ts'
import { ligatures } from './ligatures.ts'
import { lowercase } from './lowercase.ts'
import { outline } from './outline.ts'
import { punctuation } from './punctuation.ts'
import { kernTable, rebuildFont } from './sfnt.ts'
import { arch } from './strokes.ts'

const RELEASED = Date.UTC(2026, 8, 1) / 1000

const drawings: Record<string, Drawing> = {
  ...capitals,
  ...lowercase,
  ...digits,
  ...punctuation,
  ...accented,
  ...ligatures,
}

/** Every character the font can set, in code order. */
export const characters = Object.keys(drawings).sort((a, b) => codeOf(a) - codeOf(b))

/** The shop's own typeface, Casement Display, as an OpenType file. */
export function makeFont(): Buffer {
  const missing = glyph(arch([0, 0, 460, 700], { x: 60, y: 60 }), STEM, STEM)
  const space = new Glyph({ name: 'space', unicode: 32, advanceWidth: 230, path: new Path() })
  const noBreak = new Glyph({ name: 'uni00A0', unicode: 160, advanceWidth: 230, path: new Path() })
  const drawn = characters.map((character) => toGlyph(character, drawings[character] as Drawing))
  const font = new Font({ ...names, glyphs: [named('.notdef', undefined, missing), space, noBreak, ...drawn] })
  const first = 3
  const numberOf = (character: string) => first + characters.indexOf(character)
  const pairs = kerning().map(([a, b, units]) => [numberOf(a), numberOf(b), units] as [number, number, number])
  return rebuildFont(Buffer.from(font.toArrayBuffer()), kernTable(pairs), RELEASED)
}

const names = {
  familyName: 'Casement Display',
  styleName: 'Bold',
  unitsPerEm: 1000,
  ascender: 960,
  descender: -240,
  weightClass: 700,
  designer: 'Mara Lindqvist',
  manufacturer: 'North Window',
  version: 'Version 1.002',
  description: 'A display face built from arched windows.',
  license:
    'Use it in print, on screen and on the web for anything you make. Do not sell or share the font file itself.',
  createdTimestamp: RELEASED,
}

function toGlyph(character: string, drawing: Drawing): Glyph {
  const code = codeOf(character)
  const plain = /[A-Za-z]/.test(character) ? character : `uni${code.toString(16).toUpperCase().padStart(4, '0')}`
  return named(plain, code, drawing)
}

function named(name: string, unicode: number | undefined, { outline: shape, left, right }: Drawing): Glyph {
  const shift = left - shape.bounds.left
  const advanceWidth = Math.round(left + shape.bounds.width + right)
  return new Glyph({ name, advanceWidth, path: outline(shape, shift), ...(unicode ? { unicode } : {}) })
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
