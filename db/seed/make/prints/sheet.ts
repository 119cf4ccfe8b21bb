import { toPdf, toPng } from '../page/browser.ts'
import { faces } from '../page/faces.ts'

/** A drawing for paper: `width` × `height` in millimetres, which are also its units. */
export type Print = { title: string; drawing: string; width: number; height: number }

/** The drawing as a PDF of its own size. */
export const printPdf = (print: Print): Promise<Buffer> =>
  toPdf(page(print, 'var(--sheet-width)', 'var(--sheet-height)'), print)

/** The drawing as a PNG, `pixels` wide. */
export const printPng = (print: Print, pixels: number): Promise<Buffer> => {
  const height = Math.ceil((pixels * print.height) / print.width)
  return toPng(page(print, `${pixels}px`, `${height}px`), pixels, height)
}

const page = ({ title, drawing, width, height }: Print, w: string, h: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
  <style>${faces}@page{margin:0}*{margin:0}svg{display:block;width:${w};height:${h}}</style>
  <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid slice" role="img" aria-label="${title}">${drawing}</svg></html>`
