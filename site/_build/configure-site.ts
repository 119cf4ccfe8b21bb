import type { EleventyConfig } from '@11ty/eleventy'
import type { Shop } from '../../shop/shop-config.ts'
import words from '../_data/words.ts'
import { failOn } from './affiliates/fail-on.ts'
import { lintPages } from './affiliates/lint-pages.ts'
import { type AssetUrls, bundleAssets } from './bundle-assets.ts'
import { type CriticalStyles, criticalStyles } from './critical-styles.ts'
import { finishBuild } from './finish-build.ts'
import { addHeadFilters } from './found/add-head-filters.ts'
import { foundFiles } from './found/found-files.ts'
import { NOTHING_FOUND, prepareFound } from './found/prepare-found.ts'
import type { HeadersByPath } from './headers-file.ts'
import { type Catalogue, loadShelf, type Shelf } from './load-shelf.ts'
import { createMarkdown } from './markdown.ts'

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
  let shelf: Shelf = { all: [], direct: [], affiliate: [] }
  let found = NOTHING_FOUND
  const loadOnce = async () => {
    shelf = await loadShelf(catalogue, shop, parts.cacheFolder)
    found = await prepareFound(shelf.all, parts)
    return shelf
  }
  eleventy.on('eleventy.before', async ({ directories }) => {
    ;[assets, looks] = await Promise.all([bundleAssets(directories.output), criticalStyles()])
  })
  // Eleventy reads these one after the other, in this order.
  addData(eleventy, parts, {
    shelf: loadOnce,
    retired: () => found.retired,
    found: () => () => found,
    assets: () => assets,
    styles: () => looks.styles,
  })
  addText(eleventy)
  addHeadFilters(eleventy, { shop, siteUrl })
  eleventy.on('eleventy.after', async ({ directories, results }) => {
    const slugs = new Set(shelf.affiliate.map(({ slug }) => slug))
    failOn(lintPages(results, { slugs, affiliate: shop.affiliate, siteUrl }))
    const files = foundFiles(found, results, { shop, siteUrl })
    const shares = [...found.shares.values()].map(({ name }) => name)
    const made = { assets, pictures: pictureNames(shelf), shares, files, headers: parts.headers(looks.sources) }
    await finishBuild({ ...parts, ...made, pages: results, output: directories.output })
  })
  return SETTINGS
}

function addData(eleventy: EleventyConfig, { shop, catalogue }: SiteParts, perBuild: Record<string, unknown>): void {
  eleventy.addGlobalData('shop', shop)
  eleventy.addGlobalData('words', words)
  eleventy.addGlobalData('siteUrl', catalogue.siteUrl)
  for (const [name, load] of Object.entries(perBuild)) eleventy.addGlobalData(name, load)
}

function addText(eleventy: EleventyConfig): void {
  eleventy.addFilter('markdown', createMarkdown())
  eleventy.addWatchTarget('./site/assets/')
}

function pictureNames(shelf: Shelf): string[] {
  const pictures = new Set(shelf.all.flatMap((item) => item.pictures))
  return [...new Set([...pictures].flatMap((picture) => picture.files.map((file) => file.name)))]
}
