// Netlify loads this from netlify.toml as a build plugin, which cannot be TypeScript. docs.netlify.com/extend/develop-and-share/develop-build-plugins
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Where eleventy.config.ts keeps the pictures that it makes, and where a build publishes those that its pages show. */
const CACHE = '.cache/pictures'
const FOLDERS = [
  { cached: CACHE, published: 'assets/images' },
  { cached: join(CACHE, 'share'), published: 'assets/share' },
]

/** Brings back what the last build has made of the products' pictures: making them again would take minutes. */
export async function onPreBuild({ utils }) {
  const isRestored = await utils.cache.restore(CACHE)
  console.log(isRestored ? 'Pictures of the last build are back' : 'No pictures of an earlier build')
}

/** Keeps what this build shows, and nothing else: otherwise pictures of ten years would be copied to and fro. */
export async function onPostBuild({ constants, utils }) {
  for (const { cached, published } of FOLDERS) await forgetUnused(cached, join(constants.PUBLISH_DIR, published))
  await utils.cache.save(CACHE)
}

async function forgetUnused(cached, published) {
  if (!existsSync(cached)) return
  const files = (await readdir(cached, { withFileTypes: true })).filter((entry) => entry.isFile())
  const unused = files.filter(({ name }) => !existsSync(join(published, name)))
  await Promise.all(unused.map(({ name }) => rm(join(cached, name))))
}
