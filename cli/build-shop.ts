import { execFile } from 'node:child_process'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Bundle, bundleFunctions } from './bundle-functions.ts'

type Options = {
  /** What the pages are made from: the database, the product images, SITE_URL. */
  env: NodeJS.ProcessEnv
  /** Gets `site/`, `functions/` and `errors.json`. */
  output: string
}

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const ELEVENTY = join(PROJECT, 'node_modules/@11ty/eleventy/cmd.cjs')

/** Builds the pages and bundles the functions. @throws Error in the words of whatever failed */
export async function buildShop({ env, output }: Options): Promise<Bundle[]> {
  await import('../shop.config.ts')
  await buildPages(env, output)
  return bundleFunctions({
    source: join(PROJECT, 'functions'),
    output: join(output, 'functions'),
    errorPages: join(output, 'errors.json'),
  })
}

/** Builds the pages alone into `output`/site. In a process of its own: Eleventy keeps its state globally, and the pages see this environment and no other. */
export async function buildPages(env: NodeJS.ProcessEnv, output: string): Promise<void> {
  const folder = relative(PROJECT, join(output, 'site'))
  const args = [ELEVENTY, '--config=eleventy.config.ts', `--output=${folder}`, '--quiet']
  const options = { cwd: PROJECT, env, maxBuffer: 64 * 1024 * 1024 }
  try {
    await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], options)
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`the pages cannot be built:\n${stdout ?? ''}${stderr ?? ''}`, { cause: error })
  }
}
