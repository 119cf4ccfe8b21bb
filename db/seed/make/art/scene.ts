import { faces } from '../page/faces.ts'
import { archPath } from './hour-window.ts'

/** A whole picture of 1600 × 1200 on a plain ground: the object stands in the light of an arched window. */
export function scene(ground: string, objects: string, glow = 0.2): string {
  return picture(`<rect width="1600" height="1200" fill="${ground}"/>${fallingLight(glow)}${objects}
    <g style="mix-blend-mode:soft-light">${fallingLight(glow * 1.2)}</g>`)
}

/** A web page that holds nothing but a drawing of the given size. */
export function picture(drawing: string, width = 1600, height = 1200): string {
  return `<!doctype html><meta charset="utf-8"><style>${faces}*{margin:0}svg{display:block}</style>
    <svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
    ${filters}${drawing}</svg>`
}

const filters = `<defs>
  <filter id="soft" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="5"/></filter>
  <filter id="near" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="9"/></filter>
  <filter id="far" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="38"/></filter></defs>`

/** Light through a window of six panes, falling from the upper right. */
function fallingLight(strength: number): string {
  const window = { x: 0, y: 0, width: 640, height: 1120 }
  const bars = `<rect x="306" y="-9" width="28" height="1140"/><rect x="-9" y="320" width="660" height="28"/><rect x="-9" y="706" width="660" height="28"/>`
  return `<g transform="matrix(1.12 -0.2 -0.42 1.05 760 60)" filter="url(#soft)" opacity="${strength}">
    <mask id="panes"><path d="${archPath(window)}" fill="#fff"/><g fill="#000">${bars}</g></mask>
    <rect x="-20" y="-20" width="680" height="1160" fill="#fff" mask="url(#panes)"/></g>`
}

/** An object with the two shadows that make it lie on the ground; `body` is drawn from 0 0 to width, height. */
export function lying(body: string, width: number, height: number, place: string): string {
  const shadow = (blur: string, dx: number, dy: number, opacity: number) =>
    `<rect x="${dx}" y="${dy}" width="${width}" height="${height}" rx="4" fill="#0a1020" opacity="${opacity}" filter="url(#${blur})"/>`
  return `<g transform="${place}">${shadow('far', -46, 60, 0.34)}${shadow('near', -8, 12, 0.36)}${body}</g>`
}

/** A drawing in its own units, scaled to a box of the given pixels. */
export function inset(drawing: string, units: [number, number], pixels: [number, number]): string {
  return `<svg width="${pixels[0]}" height="${pixels[1]}" viewBox="0 0 ${units[0]} ${units[1]}">${drawing}</svg>`
}

/** A closed book seen from above: block of pages, cover, hinge. */
export function book(cover: string, width: number, height: number): string {
  return `<rect x="6" y="8" width="${width + 8}" height="${height + 4}" rx="3" fill="#cfd6d6"/>
    <rect x="5" y="5" width="${width + 4}" height="${height + 2}" rx="3" fill="#fbfbf7"/>
    ${cover}<rect width="${width * 0.03}" height="${height}" fill="#000" opacity="0.1"/>
    <rect x="${width * 0.045}" width="${width * 0.012}" height="${height}" fill="#000" opacity="0.12"/>
    <rect x="${width * 0.057}" width="${width * 0.01}" height="${height}" fill="#fff" opacity="0.16"/>`
}
