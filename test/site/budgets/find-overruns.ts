import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { around, type Element, elementsOf } from '../../../site/_build/affiliates/read-page.ts'

/** A built page, and how to read the files that it names. */
export type BuiltFile = { path: string; html: string; read: (path: string) => Promise<Buffer> }

/** What a page may weigh and ask for before anybody touches it; bytes are compressed, as they travel. */
export const BUDGET = { html: 13_000, files: 7 }
/** Of scripts: the product page's budget is that of all pages, but for those that do more by themselves. */
const SCRIPTS: [RegExp, number][] = [
  [/^success\//, 10_500],
  [/^basket\//, 7_000],
  [/^(404|store\/(index|page|newest|search|category|tag)\b)/, 4_500],
  [/^/, 3_000],
]

/** A CDN compresses while somebody waits, with less effort than a build could. */
const AT_THE_EDGE = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** Everything that a page does to keep a visitor waiting, one line each. */
export async function findOverruns({ path, html, read }: BuiltFile): Promise<string[]> {
  const elements = elementsOf(html)
  return [
    ...overweight(html),
    ...(await heavyScripts(path, elements, read)),
    ...elements.flatMap(blocking),
    ...elements.filter(({ name }) => name === 'img').flatMap(unprepared),
    ...tooMany(elements),
  ].map((fault) => `${path}: ${fault}`)
}

function overweight(html: string): string[] {
  const brotli = brotliCompressSync(html, AT_THE_EDGE).byteLength
  const weights = { gzip: gzipSync(html).byteLength, brotli }
  const heavy = Object.entries(weights).filter(([, bytes]) => bytes > BUDGET.html)
  return heavy.map(([how, bytes]) => `${bytes} bytes of HTML with ${how}, more than ${BUDGET.html}`)
}

async function heavyScripts(path: string, elements: Element[], read: BuiltFile['read']): Promise<string[]> {
  const urls = elements.flatMap(({ name, attribs }) => (name === 'script' && attribs.src ? [attribs.src] : []))
  const weights = await Promise.all(urls.map(async (url) => gzipSync(await read(url.slice(1))).byteLength))
  const bytes = weights.reduce((sum, one) => sum + one, 0)
  const most = SCRIPTS.find(([pages]) => pages.test(path))?.[1] ?? 0
  return bytes > most ? [`${bytes} bytes of scripts, more than ${most}`] : []
}

/** What a browser waits for before it draws, wherever it stands. */
function blocking({ name, attribs }: Element): string[] {
  if (name === 'link' && /\bstylesheet\b/.test(attribs.rel ?? '')) return [`waits for ${attribs.href}`]
  const isScript = name === 'script' && attribs.type !== 'application/ld+json'
  const isLater = attribs.type === 'module' || 'async' in attribs || 'defer' in attribs
  return isScript && !isLater ? [`waits for the script ${attribs.src ?? 'in it'}`] : []
}

/** A picture whose place is not known before it comes, or that comes larger than it is shown. */
function unprepared(img: Element): string[] {
  const { src, width, height, alt, loading, srcset, sizes } = img.attribs
  const picture = around(img, 'picture')
  const types = (picture?.children ?? []).flatMap((child) => ('attribs' in child ? [(child as Element).attribs] : []))
  const isOffered = (type: string) => types.some((source) => source.type === type && source.srcset && source.sizes)
  return [
    ...(Number(width) > 0 && Number(height) > 0 ? [] : [`${src} has no width and height`]),
    ...(alt === undefined ? [`${src} has no alt`] : []),
    ...(picture && !isOffered('image/avif') ? [`${src} is not offered as AVIF in several sizes`] : []),
    ...(picture && !isOffered('image/webp') ? [`${src} is not offered as WebP in several sizes`] : []),
    ...(picture && !(/\.jpeg$/.test(src ?? '') && srcset && sizes)
      ? [`${src} is not offered as JPEG in several sizes`]
      : []),
    // A thumb is the smallest file there is, in a format that every browser of today shows.
    ...(picture || (/-400\.webp$/.test(src ?? '') && loading === 'lazy')
      ? []
      : [`${src} is neither a picture nor a thumb`]),
  ]
}

/** Before it is scrolled: scripts, fonts, the icon, and the pictures that are not lazy. */
function tooMany(elements: Element[]): string[] {
  const urls = elements.flatMap(({ name, attribs }) => {
    if (name === 'script' && attribs.src) return [attribs.src]
    if (name === 'link' && /\b(icon|preload|stylesheet|modulepreload)\b/.test(attribs.rel ?? '')) return [attribs.href]
    return name === 'img' && attribs.loading !== 'lazy' ? [attribs.src] : []
  })
  const count = new Set(urls).size
  return count > BUDGET.files ? [`${count} files, more than ${BUDGET.files}`] : []
}
