import type { EleventyConfig } from '@11ty/eleventy'
import { createCatalogue } from './adapters/create-app.ts'
import { staticHeaders } from './shop/headers.ts'
import shop from './shop.config.ts'
import { configureSite } from './site/_build/configure-site.ts'

/** Builds site/ into dist/site from the database and the store of product images that the environment names. */
export default function configure(eleventy: EleventyConfig) {
  const catalogue = createCatalogue()
  const headers = (styleSources: string[]) => staticHeaders(catalogue.siteUrl, styleSources)
  const settings = configureSite(eleventy, { shop, headers, catalogue, cacheFolder: '.cache/pictures' })
  return { ...settings, dir: { input: 'site', output: 'dist/site' } }
}
