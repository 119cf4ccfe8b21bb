import type { EleventyConfig, TemplateEngine, WrittenPage } from '@11ty/eleventy'
import type { Shop } from '../../shop/shop-config.ts'
import words from '../_data/words.ts'
import { failOn } from './affiliates/fail-on.ts'
import { lintPages } from './affiliates/lint-pages.ts'
import { type BuiltPage, builtPage } from './built-page.ts'
import { type AssetUrls, bundleAssets, fontUrls } from './bundle-assets.ts'
import { type CriticalStyles, criticalStyles } from './critical-styles.ts'
import { ERRORS, finishBuild } from './finish-build.ts'
import { addHeadFilters } from './found/add-head-filters.ts'
import { foundFiles } from './found/found-files.ts'
import { NOTHING_FOUND, prepareFound } from './found/prepare-found.ts'
import type { HeadersByPath } from './headers-file.ts'
import { type BrowsableShelf, type Catalogue, loadShelf, NOTHING_ON_SHELF, type Shelf } from './load-shelf.ts'
import { createMarkdown } from './markdown.ts'
import type { Picture } from './picture.ts'
import { bundlePreview } from './preview/bundle-preview.ts'
import { pageRenderer } from './render-page.ts'
import { shelfPages } from './shelf-pages.ts'
import type { ShelfSample } from './shelf-sample.ts'
import { type WriteOptions, writePages } from './write-pages.ts'

/** What a build of the pages is made from. */
export type SiteParts = {
  shop: Shop
  /** Given how a content security policy names the styles that stand in the pages. */
  headers: (styleSources: string[]) => HeadersByPath
  catalogue: Catalogue
  /** Keeps pictures between builds. */
  cacheFolder: string
  /** See site/_build/found/prepare-found.ts. */
  shareImagesPerBuild?: number
}

const SETTINGS = {
  templateFormats: ['njk'],
  htmlTemplateEngine: 'njk',
  // Markdown comes from the database: `{{ }}` in it must stay text.
  markdownTemplateEngine: false,
}

/**
 * Sets Eleventy up for the shop's pages, and returns the rest of its settings. Read once per build: the catalogue, styles
 * and scripts, the words.
 */
export function configureSite(eleventy: EleventyConfig, parts: SiteParts): typeof SETTINGS {
  let assets: AssetUrls = {}
  let looks: CriticalStyles = { styles: {}, sources: [] }
  const { shop, catalogue } = parts
  const { siteUrl } = catalogue
  let engine: TemplateEngine | undefined
  let shelf: BrowsableShelf = NOTHING_ON_SHELF
  let found = NOTHING_FOUND
  const loadOnce = async () => {
    shelf = await loadShelf(catalogue, shop, parts.cacheFolder)
    found = await prepareFound(shelf.all, parts)
    return shelf
  }
  eleventy.on('eleventy.before', async ({ directories }) => {
    const { output } = directories
    const bundles = Promise.all([bundleAssets(output), bundlePreview(output, shop)])
    const [made, styles] = await Promise.all([bundles, criticalStyles()])
    assets = Object.assign({}, ...made)
    looks = styles
  })
  const perBuild = {
    retired: () => found.retired,
    found: () => () => found,
    assets: () => assets,
    fonts: () => fontUrls(assets),
    styles: () => looks.styles,
  }
  // Eleventy reads these one after the other, in this order.
  addData(eleventy, parts, { shelf: loadOnce, ...perBuild })
  addText(eleventy)
  addHeadFilters(eleventy, { shop, siteUrl })
  eleventy.on('eleventy.engine.njk', ({ environment }) => {
    engine = environment
  })
  eleventy.on('eleventy.after', async ({ directories: { output }, results }) => {
    if (!engine) throw new Error('Eleventy has rendered no template, and the pages of the products need its engine')
    const shared = { shop, words, siteUrl, shelf, ...valuesOf(perBuild) }
    const pages = writeAll(results, { shelf, output, render: pageRenderer(engine, shared), parts })
    const files = foundFiles(found, pages, { shop, siteUrl })
    const shares = [...found.shares.values()].map(({ name }) => name)
    const media = { pictures: pictureNames(shelf), sounds: soundNames(shelf) }
    const made = { assets, ...media, shares, files, headers: parts.headers(looks.sources) }
    const errors = results.filter(isErrorPage)
    await finishBuild({ ...parts, ...made, pages, errors, output })
  })
  return SETTINGS
}

function addData(eleventy: EleventyConfig, { shop, catalogue }: SiteParts, perBuild: Record<string, unknown>): void {
  eleventy.addGlobalData('shop', shop)
  eleventy.addGlobalData('words', words)
  eleventy.addGlobalData('siteUrl', catalogue.siteUrl)
  for (const [name, load] of Object.entries(perBuild)) eleventy.addGlobalData(name, load)
}

function valuesOf(perBuild: Record<string, () => unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(perBuild).map(([name, load]) => [name, load()]))
}

function addText(eleventy: EleventyConfig): void {
  eleventy.addFilter('markdown', createMarkdown())
  eleventy.addWatchTarget('./site/assets/')
}

type Written = Pick<WriteOptions, 'output' | 'render'> & { shelf: BrowsableShelf; parts: SiteParts }

/** Writes the pages of the shelf beside those that Eleventy wrote. @throws Error naming what breaks the rules for links that pay */
function writeAll(written: WrittenPage[], { shelf, parts, ...options }: Written): BuiltPage[] {
  const { shop, catalogue } = parts
  const slugs = new Set(shelf.affiliate.map(({ slug }) => slug))
  const terms = { slugs, affiliate: shop.affiliate, siteUrl: catalogue.siteUrl }
  const faults = lintPages(written, terms)
  const inspect = (page: WrittenPage) => void faults.push(...lintPages([page], terms))
  const ofShelf = writePages(shelfPages(shelf), { ...options, inspect })
  failOn(faults)
  return [...written.filter((page) => !isErrorPage(page)).map(builtPage), ...ofShelf]
}

/** The functions' pages leave the others: nobody should find them under an address of their own. */
function isErrorPage({ url }: WrittenPage): boolean {
  return url.startsWith(ERRORS)
}

function pictureNames(shelf: Shelf): string[] {
  const pictures = new Set(shelf.all.flatMap(({ pictures, samples }) => [...pictures, ...samples.flatMap(picturesOf)]))
  return [...new Set([...pictures].flatMap((picture) => picture.files.map((file) => file.name)))]
}

function picturesOf(sample: ShelfSample): Picture[] {
  return sample.kind === 'audio' ? [] : sample.pictures
}

function soundNames(shelf: Shelf): string[] {
  const names = shelf.all.flatMap(({ samples }) =>
    samples.map((sample) => (sample.kind === 'audio' ? sample.name : '')),
  )
  return [...new Set(names)].filter(Boolean)
}
