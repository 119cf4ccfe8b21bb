/** The part of opentype.js 2 that the font maker uses; the package ships no types of its own. */
declare module 'opentype.js/dist/opentype.mjs' {
  export class Path {
    moveTo(x: number, y: number): void
    lineTo(x: number, y: number): void
    curveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void
    close(): void
  }
  export class Glyph {
    constructor(options: { name: string; unicode?: number; advanceWidth: number; path: Path })
  }
  export class Font {
    constructor(options: Record<string, unknown> & { glyphs: Glyph[] })
    names: unknown
    toArrayBuffer(): ArrayBuffer
  }
}
