import { glob, readFile } from 'node:fs/promises'
import { type Module, parseModule } from './module.ts'

const ROOT = new URL('../../../', import.meta.url)
/** Parts with a package.json of their own, and what is made or installed. */
const OUTSIDE = ['node_modules', 'dist', '.local', '.netlify', '.cache', '.git', 'bench', 'db/seed/make']

/** Every TypeScript file of the repository, parsed. */
export async function readProject(): Promise<Module[]> {
  const paths: string[] = []
  const options = { cwd: ROOT, exclude: (path: string) => OUTSIDE.includes(path) }
  for await (const path of glob('**/*.ts', options)) if (!path.endsWith('.d.ts')) paths.push(path)
  return Promise.all(paths.sort().map(async (path) => parseModule(path, await readFile(new URL(path, ROOT), 'utf8'))))
}
